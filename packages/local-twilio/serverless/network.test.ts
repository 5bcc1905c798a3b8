import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deploy } from "../testing/deploy.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

/** Each client asks for a URL as an unmodified program would, and answers `{status, body}`. */
const clients: Readonly<Record<string, string>> = {
  fetch:
    "async (url, headers) => { const r = await fetch(url, { headers }); return { status: r.status, body: await r.text() }; }",
  https: `(url, headers) => new Promise((resolve, reject) => require(url.split(':')[0]).get(url, { headers }, (r) => {
      let body = ''; r.on('data', (d) => body += d).on('end', () => resolve({ status: r.statusCode, body })); }).on('error', reject))`,
  axios:
    "async (url, headers) => { const r = await require('axios').get(url, { headers, validateStatus: null, responseType: 'text', transformResponse: (x) => x }); return { status: r.status, body: r.data }; }",
  got: "async (url, headers) => { const r = await require('got')(url, { headers, throwHttpErrors: false, retry: 0 }); return { status: r.statusCode, body: r.body }; }",
  undici:
    "async (url, headers) => { const r = await require('undici').request(url, { headers }); return { status: r.statusCode, body: await r.body.text() }; }",
};
const source = (client: string) => `const get = ${client};
  exports.handler = async (context, event, callback) => {
    const headers = { authorization: 'Basic ' + Buffer.from(context.ACCOUNT_SID + ':' + context.AUTH_TOKEN).toString('base64') };
    try { callback(null, await get(event.url, event.bare ? {} : headers)); }
    catch (error) { callback(null, { code: (error.cause || error).code, message: (error.cause || error).message }); }
  };`;
const raw = `exports.handler = (context, event, callback) => {
    const { host, port, kind } = event;
    const done = (error) => callback(null, { code: error ? error.code : 'none' });
    if (kind === 'udp') return require('dgram').createSocket('udp4').send('x', Number(port), host, done);
    require('net').connect(Number(port), host, () => done()).on('error', done);
  };`;

/** The same socket from a thread that a Function starts from a text. */
const threaded = `const { Worker } = require('worker_threads');
  exports.handler = (context, event, callback) => new Worker(
    "const { workerData: { host, port }, parentPort } = require('worker_threads');" +
    "const done = (error) => parentPort.postMessage(error ? error.code : 'none');" +
    "require('net').connect(Number(port), host, function () { this.destroy(); done(); }).on('error', done);",
    { eval: true, workerData: { host: event.host, port: event.port } })
    .once('message', (code) => callback(null, { code }));`;

let local: TestTwilio;
let other: Server;
let domain: string;
const dependencies = ["axios", "got", "undici"].map((name) => ({ name, version: "*" }));
const functions = [
  ...Object.entries(clients).map(([name, client]) => ({ path: `/${name}`, source: source(client) })),
  { path: "/raw", source: raw },
  { path: "/thread", source: threaded },
  {
    path: "/client",
    source: `exports.handler = async (context, event, callback) => {
      const { friendlyName } = await context.getTwilioClient().api.accounts(context.ACCOUNT_SID).fetch();
      callback(null, JSON.stringify(friendlyName));
    };`,
  },
];
const ask = async (path: string, parameters: Readonly<Record<string, string>>): Promise<unknown> => {
  const query = new URLSearchParams(parameters).toString();
  return (await fetch(`${local.endpoint}/${domain}${path}?${query}`)).json();
};

beforeAll(async () => {
  local = await startForTest();
  ({ domain } = await deploy(local, "network", functions, dependencies));
  other = createServer((_, response) => response.end("neighbour"));
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
}, 30_000);
afterAll(async () => {
  other.close();
  await local[Symbol.asyncDispose]();
});

describe.each(Object.keys(clients))("%s", (client) => {
  test("finds Twilio's hosts at the local Twilio", async () => {
    const url = `https://api.twilio.com/2010-04-01/Accounts/${local.accountSid}.json`;
    const answer = (await ask(`/${client}`, { url })) as { status: number; body: string };
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ friendly_name: "Local Twilio" });
  });

  test("finds a Function of the account by its domain", async () => {
    const url = `https://${domain}/raw?host=127.0.0.1&port=${local.port}`;
    expect(await ask(`/${client}`, { url, bare: "1" })).toMatchObject({
      status: 200,
      body: '{"code":"none"}',
    });
  });

  test("reaches this machine, and no other", async () => {
    const { port } = other.address() as AddressInfo;
    const here = await ask(`/${client}`, { url: `http://127.0.0.1:${port}/`, bare: "1" });
    expect(here).toMatchObject({ status: 200, body: "neighbour" });
    for (const url of ["https://example.com/", "http://93.184.215.14/", "http://[2606:2800:220:1::1]/"]) {
      const { code, message } = (await ask(`/${client}`, { url, bare: "1" })) as Record<string, string>;
      expect([url, code, message]).toEqual([
        url,
        "ERR_LEAVES_MACHINE",
        expect.stringContaining("--webhooks-leave-machine"),
      ]);
    }
  });
});

test.each([
  [{ host: "127.0.0.1" }, "none"],
  [{ host: "api.twilio.com", port: "443" }, "none"],
  [{ host: "api.twilio.com", port: "80" }, "none"],
  [{ host: "api.twilio.com", port: "8443" }, "ERR_LEAVES_MACHINE"],
  [{ host: "192.0.2.1" }, "ERR_LEAVES_MACHINE"],
  [{ host: "192.0.2.1", kind: "udp" }, "ERR_LEAVES_MACHINE"],
])("a raw socket to %j: %s", async (where, code) => {
  expect(await ask("/raw", { port: String(local.port), ...where })).toEqual({ code });
});

test.each([
  ["127.0.0.1", "none"],
  ["192.0.2.1", "ERR_LEAVES_MACHINE"],
])("a thread's socket to %s: %s", async (host, code) => {
  expect(await ask("/thread", { host, port: String(local.port) })).toEqual({ code });
});

test("the account's client reaches the local Twilio", async () => {
  expect(await ask("/client", {})).toBe("Local Twilio");
});

test("plain HTTP to a host of Twilio's is answered here as well", async () => {
  const { body } = (await ask("/https", {
    url: `http://${domain}/raw?host=192.0.2.1&port=9`,
    bare: "1",
  })) as {
    body: string;
  };
  expect(body).toBe('{"code":"ERR_LEAVES_MACHINE"}');
});

test("where webhooks leave the machine, so do Functions, and Twilio's hosts are here all the same", async () => {
  await using open = await startForTest({ webhooksLeaveMachine: true });
  const deployed = await deploy(open, "open", functions, dependencies);
  const via = async (path: string, parameters: Readonly<Record<string, string>>): Promise<unknown> => {
    const query = new URLSearchParams(parameters).toString();
    return (await fetch(`${open.endpoint}/${deployed.domain}${path}?${query}`)).json();
  };
  // The address is reserved for documentation: whatever comes of it, it is not our refusal.
  const { code } = (await via("/raw", { host: "192.0.2.1", port: "9", kind: "udp" })) as { code: string };
  expect(code).not.toBe("ERR_LEAVES_MACHINE");
  const url = `https://api.twilio.com/2010-04-01/Accounts/${open.accountSid}.json`;
  expect(await via("/fetch", { url })).toMatchObject({ status: 200 });
}, 30_000);
