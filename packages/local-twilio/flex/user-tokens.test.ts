import { afterAll, beforeAll, expect, test } from "vitest";
import twilio, { type Twilio as Client } from "twilio";
import { textOf } from "../json.ts";
import { makeWorkspace } from "../taskrouter/testing/workspace.ts";
import { clientOf } from "../testing/client.ts";
import { deploy } from "../testing/deploy.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

let local: TestTwilio;
let client: Client;
let domain: string;
let workerSid: string;
beforeAll(async () => {
  local = await startForTest();
  client = clientOf(local);
  const workspace = await makeWorkspace(client);
  const attributes = JSON.stringify({ roles: ["supervisor"] });
  ({ sid: workerSid } = await workspace.api.workers.create({ friendlyName: "Ada", attributes }));
  // What twilio-flex-token-validator sends, https://www.npmjs.com/package/twilio-flex-token-validator
  const source = `exports.handler = (context, event, callback) => {
    const body = JSON.stringify({ token: event.Token });
    const { ACCOUNT_SID: sid, AUTH_TOKEN: secret } = context;
    const headers = { Authorization: 'Basic ' + btoa(sid + ':' + (event.secret || secret)), 'Content-Type': 'application/json', 'Content-Length': body.length };
    const path = '/v1/Accounts/' + sid + '/Tokens/validate';
    require('https').request({ hostname: 'iam.twilio.com', port: 443, path, method: 'POST', headers }, (answer) => {
      let data = ''; answer.on('data', (d) => data += d).on('end', () => callback(null, JSON.parse(data)));
    }).end(body);
  };`;
  ({ domain } = await deploy(local, "flex-token", [{ path: "/validate", source }]));
}, 30_000);
afterAll(() => local[Symbol.asyncDispose]());

async function verdictOn(parameters: Record<string, string>): Promise<unknown> {
  const response = await fetch(`${local.endpoint}/${domain}/validate`, {
    method: "POST",
    body: new URLSearchParams(parameters),
  });
  return response.json();
}

const ofHelper = (identity: string, secret: string, key = local.accountSid, ttl = 60): string =>
  new twilio.jwt.AccessToken(local.accountSid, key, secret, { identity, ttl }).toJwt();

test("a token of control is valid, and says which worker it is", async () => {
  const { status, body } = await local.control("POST", "flex/tokens", { worker: "Ada" });
  expect(status).toBe(201);
  expect(await verdictOn({ Token: textOf(body["token"]) })).toMatchObject({
    ...{ valid: true, code: 0, message: null, identity: "Ada", realm_user_id: "Ada" },
    ...{
      roles: ["supervisor"],
      worker_sid: workerSid,
      expiration: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    },
  });
  expect((await local.control("POST", "flex/tokens", { worker: "Nobody" })).status).toBe(404);
});

test("an access token of the helper library counts, by an API key as well", async () => {
  const { sid, secret } = await client.newKeys.create({});
  expect(await verdictOn({ Token: ofHelper("Ada", secret, sid) })).toMatchObject({ valid: true });
});

test.each([
  ["somebody else's", () => ofHelper("Ada", "another secret"), "Invalid Access Token"],
  [
    "of nobody who works here",
    () => ofHelper("Eve", local.authToken),
    "No worker of this account is called 'Eve'",
  ],
  [
    "over",
    () => ofHelper("Ada", local.authToken, local.accountSid, -60),
    "Access Token expired or expiration date invalid",
  ],
  ["no token", () => "a.b.c", "Invalid Access Token"],
  ["missing", () => "", "Invalid Access Token"],
])("a token that is %s is not valid", async (_, token, message) => {
  expect(await verdictOn({ Token: token() })).toMatchObject({ valid: false, message });
});

test("who asks has to be the account", async () => {
  expect(await verdictOn({ Token: "x", secret: "wrong" })).toMatchObject({ code: 20003, status: 401 });
});
