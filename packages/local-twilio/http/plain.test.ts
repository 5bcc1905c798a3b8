/** Resources without behaviour of their own: what the engine does of their rows. */
import { expect, test } from "vitest";
import { text } from "../fields.ts";
import { startForTest } from "../testing/local.ts";

test("a key is a name in its parent alone: one of a kind there, free elsewhere", async () => {
  await using local = await startForTest();
  const services = "sync.twilio.com/v1/Services";
  const { body: service } = await local.call("POST", services, { FriendlyName: "one" });
  const maps = `${services}/${text(service, "sid")}/Maps`;
  const { body: one } = await local.call("POST", maps, { UniqueName: "one" });
  const { body: other } = await local.call("POST", maps, { UniqueName: "other" });
  const items = `${maps}/${text(one, "sid")}/Items`;
  const item = { Key: "ada", Data: '{"busy":true}' };
  expect((await local.call("POST", items, item)).body).toMatchObject({ key: "ada", data: { busy: true } });
  expect((await local.call("POST", items, item)).status).toBe(409);
  expect((await local.call("POST", `${maps}/${text(other, "sid")}/Items`, item)).status).toBe(201);
  expect((await local.call("GET", `${maps}/one/Items/ada`)).body).toMatchObject({ key: "ada" });
  expect((await local.call("DELETE", `${items}/ada`)).status).toBe(204);
  expect((await local.call("GET", `${items}/ada`)).body).toMatchObject({ code: 20404 });
});

test("a parent that is not there, and a parameter that is wrong, are refused as Twilio does", async () => {
  await using local = await startForTest();
  const nowhere = `taskrouter.twilio.com/v1/Workspaces/WS${"0".repeat(32)}/Workers`;
  expect((await local.call("POST", nowhere, { FriendlyName: "ada" })).body).toMatchObject({ code: 20404 });
  const wrong = await local.call("POST", "trunking.twilio.com/v1/Trunks", { Secure: "perhaps" });
  expect(wrong).toMatchObject({ status: 400, body: { code: 20001 } });
});

test("an API key shows its secret once, and calls with it", async () => {
  await using local = await startForTest();
  const keys = `api.twilio.com/2010-04-01/Accounts/${local.accountSid}/Keys`;
  const { body } = await local.call("POST", `${keys}.json`, { FriendlyName: "k" });
  const [sid, secret] = [text(body, "sid"), text(body, "secret")];
  expect((await local.call("GET", `${keys}/${sid}.json`)).body).not.toHaveProperty("secret");
  const authorization = `Basic ${Buffer.from(`${sid}:${secret}`).toString("base64")}`;
  const asKey = () => fetch(`${local.endpoint}/${keys}.json`, { headers: { authorization } });
  expect((await asKey()).status).toBe(200);
  await local.call("DELETE", `${keys}/${sid}.json`);
  expect((await asKey()).status).toBe(401);
});

test("a number is bought once", async () => {
  await using local = await startForTest();
  const numbers = `api.twilio.com/2010-04-01/Accounts/${local.accountSid}/IncomingPhoneNumbers.json`;
  const bought = await local.call("POST", numbers, {
    PhoneNumber: "+12025550142",
    SmsUrl: "https://example.com/",
  });
  expect(bought).toMatchObject({
    status: 201,
    body: { phone_number: "+12025550142", sms_url: "https://example.com/" },
  });
  expect((await local.call("POST", numbers, { PhoneNumber: "+12025550142" })).body).toMatchObject({
    code: 21422,
  });
});

test("what is found by something else than its SID is found by that, and by its SID not at all", async () => {
  await using local = await startForTest();
  const safelist = "verify.twilio.com/v2/SafeList/Numbers";
  const { body: number } = await local.call("POST", safelist, { PhoneNumber: "+15005550101" });
  expect(number).toMatchObject({ url: `https://${safelist}/%2B15005550101` });
  expect((await local.call("GET", `${safelist}/+15005550101`)).body).toMatchObject({ sid: number["sid"] });
  expect((await local.call("GET", `${safelist}/${text(number, "sid")}`)).status).toBe(404);
  expect((await local.call("POST", safelist, { PhoneNumber: "+15005550101" })).status).toBe(409);

  const services = "verify.twilio.com/v2/Services";
  const { body: service } = await local.call("POST", services, { FriendlyName: "one" });
  const entities = `${services}/${text(service, "sid")}/Entities`;
  const { body: ada } = await local.call("POST", entities, { Identity: "ada-0001" });
  expect(ada).toMatchObject({ identity: "ada-0001", url: `https://${entities}/ada-0001` });
  expect((await local.call("GET", `${entities}/ada-0001`)).body).toMatchObject({ sid: ada["sid"] });
  expect((await local.call("GET", `${entities}/${text(ada, "sid")}`)).status).toBe(404);
  expect((await local.call("DELETE", `${entities}/ada-0001`)).status).toBe(204);
  expect((await local.call("GET", `${entities}/ada-0001`)).body).toMatchObject({ code: 20404 });
});

test("what exists once and is deleted takes nothing else with it", async () => {
  await using local = await startForTest();
  const domain = `messaging.twilio.com/v1/LinkShortening/Domains/DN${"1".repeat(32)}`;
  const { body: service } = await local.call("POST", "messaging.twilio.com/v1/Services", {
    FriendlyName: "one",
  });
  const beside = `${domain}/MessagingServices/${text(service, "sid")}`;
  expect((await local.call("POST", beside)).status).toBe(201);
  expect((await local.call("POST", `${domain}/Certificate`, { TlsCert: "one" })).status).toBe(200);
  expect((await local.call("DELETE", `${domain}/Certificate`)).status).toBe(204);
  expect((await local.call("DELETE", beside)).status).toBe(204);
});

test("items of a list are counted on, whatever was deleted before", async () => {
  await using local = await startForTest();
  const services = "sync.twilio.com/v1/Services";
  const { body: service } = await local.call("POST", services, { FriendlyName: "one" });
  const { body: list } = await local.call("POST", `${services}/${text(service, "sid")}/Lists`, {});
  const items = `${services}/${text(service, "sid")}/Lists/${text(list, "sid")}/Items`;
  const add = async () => (await local.call("POST", items, { Data: "{}" })).body["index"];
  expect([await add(), await add(), await add()]).toEqual([0, 1, 2]);
  await local.call("DELETE", `${items}/0`);
  expect(await add()).toBe(3);
});

test("a number of the account's safelist is named by the query", async () => {
  await using local = await startForTest();
  const safelist = "accounts.twilio.com/v1/SafeList/Numbers";
  const one = `${safelist}?PhoneNumber=%2B15005550101`;
  const { body: made } = await local.call("POST", safelist, { PhoneNumber: "+15005550101" });
  expect((await local.call("POST", safelist, { PhoneNumber: "+15005550101" })).status).toBe(409);
  expect((await local.call("GET", one)).body).toEqual(made);
  expect((await local.call("DELETE", one)).status).toBe(204);
  expect((await local.call("GET", one)).body).toMatchObject({ code: 20404 });
});
