import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientEnvironment } from "../cli/environment.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

let local: TestTwilio;
beforeAll(async () => {
  local = await startForTest();
});
afterAll(() => local[Symbol.asyncDispose]());

/** The first line of the answer to a CONNECT, and what follows the headers. */
async function connectTo(host: string): Promise<string> {
  const socket = connect(local.port, "127.0.0.1");
  socket.end(`CONNECT ${host} HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  return text;
}

test("the proxy leads to Twilio's hosts and nowhere else", async () => {
  expect(await connectTo("example.com:443")).toMatch(/^HTTP\/1\.1 403 .*example\.com:443 is refused/s);
  expect(await connectTo("api.twilio.com:8443")).toMatch(/^HTTP\/1\.1 403 /);
});

/** Status of a request that a page of an origin makes. */
async function statusFrom(origin: string, path: string, method = "POST"): Promise<number | undefined> {
  const credentials = Buffer.from(`${local.accountSid}:${local.authToken}`).toString("base64");
  const headers = { origin, authorization: `Basic ${credentials}` };
  const asked = request(`${local.endpoint}/${path}`, { method, headers });
  asked.end(method === "POST" ? "Status=suspended" : "");
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

test("a page of another site uses neither REST nor Functions; one of this machine uses both", async () => {
  const account = `api.twilio.com/2010-04-01/Accounts/${local.accountSid}.json`;
  for (const origin of ["https://example.com", "null", "http://127.0.0.1.example.com", "file://"]) {
    expect([origin, await statusFrom(origin, account)]).toEqual([origin, 403]);
    expect([origin, await statusFrom(origin, "any-1234.twil.io/f", "GET")]).toEqual([origin, 403]);
  }
  expect(await statusFrom("http://localhost:3000", account, "GET")).toBe(200);
  expect(await statusFrom("http://127.0.0.1:3000", "any-1234.twil.io/f", "GET")).toBe(404);
});

test("the CA's key is its owner's alone", () => {
  expect(statSync(join(local.folder, "ca-key.pem")).mode & 0o777).toBe(0o600);
});

test("Twilio's own Node client works with what `env` prints and nothing else", async () => {
  const program = `
    const client = require("twilio")();
    (async () => {
      const account = await client.api.accounts(client.accountSid).fetch();
      const numbers = await client.incomingPhoneNumbers.list({ phoneNumber: "+15550100001" });
      const service = await client.serverless.v1.services.create({ uniqueName: "by-client", friendlyName: "c" });
      const regional = require("twilio")(client.accountSid, client.password, { edge: "dublin", region: "ie1" });
      const again = await regional.serverless.v1.services(service.sid).fetch();
      const missing = await client.serverless.v1.services("ZS00000000000000000000000000000000").fetch().catch((e) => e);
      console.log(JSON.stringify({ name: account.friendlyName, number: numbers[0].phoneNumber, service: again.uniqueName, code: missing.code, status: missing.status, moreInfo: missing.moreInfo }));
    })();
  `;
  const env = { PATH: process.env["PATH"], ...clientEnvironment(local.endpoint, local.folder, local) };
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", program], {
    env,
    cwd: import.meta.dirname,
  });
  expect(JSON.parse(stdout)).toEqual({
    name: "Local Twilio",
    number: "+15550100001",
    service: "by-client",
    code: 20404,
    status: 404,
    moreInfo: "https://www.twilio.com/docs/errors/20404",
  });
});
