import { afterAll, beforeAll, expect, test } from "vitest";
import { textOf } from "../json.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

let local: TestTwilio;
beforeAll(async () => {
  local = await startForTest({ seed: { apiKeys: [{ sid: `SK${"0".repeat(32)}`, secret: "s3cret" }] } });
});
afterAll(() => local[Symbol.asyncDispose]());

const services = "serverless.twilio.com/v1/Services";

function asking(user: string, password: string) {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  return (path: string) => fetch(`${local.endpoint}/${path}`, { headers: { authorization } });
}

test("every credential fault is 20003 with a challenge", async () => {
  const { accountSid, authToken } = local;
  const answers = [
    await fetch(`${local.endpoint}/${services}`),
    await asking(accountSid, "wrong")(services),
    await asking(`AC${"1".repeat(32)}`, authToken)(services),
    await asking(accountSid, authToken)(`api.twilio.com/2010-04-01/Accounts/AC${"1".repeat(32)}.json`),
  ];
  for (const answer of answers) {
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toContain("Basic");
    expect(await answer.json()).toEqual({
      code: 20003,
      message: "Authenticate",
      more_info: "https://www.twilio.com/docs/errors/20003",
      status: 401,
    });
  }
});

test("an API key reaches everything but the account itself", async () => {
  const withKey = asking(`SK${"0".repeat(32)}`, "s3cret");
  const account = `api.twilio.com/2010-04-01/Accounts/${local.accountSid}`;
  expect((await withKey(services)).status).toBe(200);
  expect((await withKey(`${account}/IncomingPhoneNumbers.json`)).status).toBe(200);
  expect((await withKey(`${account}.json`)).status).toBe(401);
});

test("what is not there is 20404 with the path as Twilio writes it; another method is 20004", async () => {
  const gone = await local.call("GET", `${services}/ZS${"0".repeat(32)}/Environments`);
  expect(gone.body).toMatchObject({
    code: 20404,
    message: `The requested resource /Services/ZS${"0".repeat(32)}/Environments was not found`,
    status: 404,
  });
  // Whether Twilio has this path nobody here knows: it is not Twilio that says so.
  const unknown = await local.call("GET", "serverless.twilio.com/v1/Nowhere");
  expect(unknown).toMatchObject({ status: 501, body: { code: 100501, not_played: "path" } });
  const method = await local.call("DELETE", services);
  expect(method).toMatchObject({ status: 405, body: { code: 20004 } });
});

test("every answer says which request it was and how long it took", async () => {
  const { headers } = await local.call("GET", services);
  expect(headers.get("twilio-request-id")).toMatch(/^RQ[0-9a-f]{32}$/);
  expect(headers.get("twilio-request-duration")).toMatch(/^\d+\.\d{3}$/);
  expect(headers.get("twilio-concurrent-requests")).toBe("1");
  expect(headers.get("x-home-region")).toBe("us1");
  expect(headers.get("x-api-domain")).toBe("serverless.twilio.com");
});

test("CORS: a page of another origin on this machine may ask the REST API, and is told so beforehand", async () => {
  const preflight = await fetch(`${local.endpoint}/${services}`, {
    method: "OPTIONS",
    headers: { origin: "http://localhost:3000", "access-control-request-method": "POST" },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-methods")).toContain("POST");
  expect(preflight.headers.get("access-control-allow-headers")).toContain("Authorization");
  const { headers } = await local.call("GET", services);
  expect(headers.get("access-control-allow-origin")).toBe("*");
});

test("v1 lists page by token: newest first, nothing twice although something is added in between", async () => {
  for (const name of ["page-a", "page-b", "page-c"]) {
    await local.call("POST", services, { UniqueName: name, FriendlyName: name });
  }
  const first = await local.call("GET", `${services}?PageSize=2`);
  const meta = first.body["meta"] as { next_page_url: string; page_size: number; key: string };
  expect(meta).toMatchObject({ page: 0, page_size: 2, key: "services", previous_page_url: null });
  await local.call("POST", services, { UniqueName: "page-d", FriendlyName: "d" });
  const second = await local.call("GET", meta.next_page_url.replace("https://", ""));
  const names = [first, second].flatMap(({ body }) =>
    (body["services"] as { unique_name: string }[]).map((s) => s.unique_name),
  );
  expect(names).toEqual(["page-c", "page-b", "page-a"]);
  expect(second.body["meta"]).toMatchObject({ page: 1, next_page_url: null });
});

test("the API of 2010 pages beside the list, filters, and writes dates as RFC 2822", async () => {
  const numbers = `api.twilio.com/2010-04-01/Accounts/${local.accountSid}/IncomingPhoneNumbers.json`;
  const page = await local.call("GET", `${numbers}?PageSize=4`);
  expect(page.body).toMatchObject({ page: 0, page_size: 4, start: 0, end: 3, previous_page_uri: null });
  expect(page.body["next_page_uri"]).toContain("Page=1");
  const one = await local.call("GET", `${numbers}?PhoneNumber=${encodeURIComponent("+15550100003")}`);
  const [number] = one.body["incoming_phone_numbers"] as Record<string, string>[];
  expect(one.body["incoming_phone_numbers"]).toHaveLength(1);
  expect(number?.["date_created"]).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/);
  const updated = await local.call("POST", `api.twilio.com${number?.["uri"] ?? ""}`, {
    SmsUrl: "https://example.com/sms",
  });
  expect(updated.body).toMatchObject({ phone_number: "+15550100003", sms_url: "https://example.com/sms" });
});

test("a unique name stands for a SID, in the resource's own place and in a parent's", async () => {
  const { body: service } = await local.call("POST", services, { UniqueName: "by-name", FriendlyName: "n" });
  const { body: fetched } = await local.call("GET", `${services}/by-name`);
  expect(fetched).toEqual(service);
  const environment = await local.call("POST", `${services}/by-name/Environments`, { UniqueName: "dev" });
  expect(environment.body["service_sid"]).toBe(service["sid"]);
});

test("deleting an object deletes what is below it", async () => {
  await local.call("POST", services, { UniqueName: "doomed", FriendlyName: "d" });
  const { body: environment } = await local.call("POST", `${services}/doomed/Environments`, {
    UniqueName: "dev",
  });
  expect((await local.call("DELETE", `${services}/doomed`)).status).toBe(204);
  expect((await local.call("GET", `${services}/doomed`)).status).toBe(404);
  expect(
    local.twilio.store.find("twilio:serverless:Environment", textOf(environment["sid"])),
  ).toBeUndefined();
});

test("a page of another site may not control it", async () => {
  const headers = { origin: "https://evil.example" };
  expect((await fetch(`${local.endpoint}/_local/v1/status`, { headers })).status).toBe(403);
});
