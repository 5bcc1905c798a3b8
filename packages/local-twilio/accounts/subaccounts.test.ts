/** Subaccounts as Twilio's page has them: https://www.twilio.com/docs/iam/api/subaccounts */
import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientOf, refusalOf } from "../testing/client.ts";
import { deploy } from "../testing/deploy.ts";
import { flowOf, say } from "../testing/flows.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

const customer = "+15550100201";

let local: TestTwilio;
let owner: Client;
beforeEach(async () => {
  local = await startForTest();
  owner = clientOf(local);
});
afterEach(() => local[Symbol.asyncDispose]());

/** A subaccount, called as itself. */
async function subaccount(friendlyName: string): Promise<{ sid: string; authToken: string; client: Client }> {
  const { sid, authToken } = await owner.api.v2010.accounts.create({ friendlyName });
  return { sid, authToken, client: clientOf({ accountSid: sid, authToken, endpoint: local.endpoint }) };
}

test("each is called with its own token, and has nothing of the others", async () => {
  const [acme, blue] = [await subaccount("acme"), await subaccount("blue")];
  const everything = (client: Client) =>
    Promise.all([
      client.incomingPhoneNumbers.list(),
      client.serverless.v1.services.list(),
      client.studio.v2.flows.list(),
      client.messaging.v1.services.list(),
      client.conversations.v1.conversations.list(),
      client.taskrouter.v1.workspaces.list(),
    ]).then((lists) => lists.map(({ length }) => length));

  await acme.client.incomingPhoneNumbers.create({ phoneNumber: "+12025550142" });
  await acme.client.serverless.v1.services.create({ uniqueName: "line", friendlyName: "line" });
  const definition = flowOf(say("hello", "hello"));
  await acme.client.studio.v2.flows.create({ friendlyName: "f", status: "published", definition });
  await acme.client.messaging.v1.services.create({ friendlyName: "pool" });
  await acme.client.conversations.v1.conversations.create({ uniqueName: "one" });
  await acme.client.taskrouter.v1.workspaces.create({ friendlyName: "desk" });

  expect(await everything(acme.client)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(await everything(blue.client)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(await everything(owner)).toEqual([9, 0, 0, 0, 0, 0]);
  // Names that are taken in one account are free in another.
  const again = await blue.client.serverless.v1.services.create({ uniqueName: "line", friendlyName: "line" });
  expect(again.accountSid).toBe(blue.sid);
  const defaults = (client: Client) => client.conversations.v1.configuration().fetch();
  expect((await defaults(acme.client)).defaultChatServiceSid).not.toBe(
    (await defaults(blue.client)).defaultChatServiceSid,
  );
});

test("the owner reaches the API of 2010 of its subaccounts; they reach neither it nor one another", async () => {
  const [acme, blue] = [await subaccount("acme"), await subaccount("blue")];
  const bought = await owner.api.v2010
    .accounts(acme.sid)
    .incomingPhoneNumbers.create({ phoneNumber: "+12025550142" });
  expect(bought.accountSid).toBe(acme.sid);
  expect(await acme.client.incomingPhoneNumbers.list()).toHaveLength(1);
  for (const accountSid of [local.accountSid, blue.sid]) {
    const foreign = acme.client.api.v2010.accounts(accountSid);
    expect(await refusalOf(foreign.incomingPhoneNumbers.list())).toMatchObject({ code: 20003, status: 401 });
    expect(await refusalOf(foreign.fetch())).toMatchObject({ code: 20003, status: 401 });
  }
  expect((await acme.client.api.v2010.accounts.list()).map(({ sid }) => sid)).toEqual([acme.sid]);
  expect(await owner.api.v2010.accounts.list()).toHaveLength(3);
  expect(await refusalOf(acme.client.api.v2010.accounts.create({}))).toMatchObject({ code: 20006 });
});

test("a key opens its own account alone", async () => {
  const acme = await subaccount("acme");
  const withKey = async (client: Client, accountSid: string) => {
    const { sid, secret } = await client.newKeys.create({ friendlyName: "key" });
    const authorization = `Basic ${Buffer.from(`${sid}:${secret}`).toString("base64")}`;
    const url = `${local.endpoint}/api.twilio.com/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers.json`;
    return (await fetch(url, { headers: { authorization } })).status;
  };
  expect(await withKey(acme.client, acme.sid)).toBe(200);
  expect(await withKey(acme.client, local.accountSid)).toBe(401);
  expect(await withKey(owner, acme.sid)).toBe(401);
});

test("a message finds the account that has the number, whose Flow answers", async () => {
  const acme = await subaccount("acme");
  await acme.client.incomingPhoneNumbers.create({ phoneNumber: "+12025550142" });
  const definition = flowOf(say("hello", "hello from acme"));
  const { webhookUrl } = await acme.client.studio.v2.flows.create({
    friendlyName: "f",
    status: "published",
    definition,
  });
  expect(webhookUrl).toContain(`/Accounts/${acme.sid}/`);
  const [number] = await acme.client.incomingPhoneNumbers.list();
  await acme.client.incomingPhoneNumbers(number?.sid ?? "").update({ smsUrl: webhookUrl });
  await local.phones.write(customer, "+12025550142", "hi");
  await local.twilio.idle();
  expect(local.phones.inbox(customer).map(({ from, body }) => ({ from, body }))).toEqual([
    { from: "+12025550142", body: "hello from acme" },
  ]);
  expect(await acme.client.messages.list()).toHaveLength(2);
  expect(await owner.messages.list()).toEqual([]);
});

test("a Function runs with the credentials of the account that it is deployed to", async () => {
  const acme = await subaccount("acme");
  const source = `exports.handler = async (context, event, callback) => {
    const numbers = await context.getTwilioClient().incomingPhoneNumbers.list();
    callback(null, { account: context.ACCOUNT_SID, numbers: numbers.length });
  };`;
  const files = [{ path: "/who", visibility: "public", source }] as const;
  const { domain } = await deploy({ ...local, ...as(acme) }, "line", files);
  const answer = await fetch(`${local.endpoint}/${domain}/who`);
  expect(await answer.json()).toEqual({ account: acme.sid, numbers: 0 });
});

test("a number is bought once, and goes to another account when its owner says so", async () => {
  const [acme, blue] = [await subaccount("acme"), await subaccount("blue")];
  const number = await acme.client.incomingPhoneNumbers.create({ phoneNumber: "+12025550142" });
  const twice = blue.client.incomingPhoneNumbers.create({ phoneNumber: "+12025550142" });
  expect(await refusalOf(twice)).toMatchObject({ code: 21422 });
  await owner.api.v2010.accounts(acme.sid).incomingPhoneNumbers(number.sid).update({ accountSid: blue.sid });
  expect(await acme.client.incomingPhoneNumbers.list()).toEqual([]);
  expect(await blue.client.incomingPhoneNumbers.list()).toMatchObject([
    { sid: number.sid, accountSid: blue.sid },
  ]);
});

test("one that is suspended opens to nobody with its own token, gets and sends nothing, and comes back", async () => {
  const acme = await subaccount("acme");
  await acme.client.incomingPhoneNumbers.create({ phoneNumber: "+12025550142" });
  const asOwner = owner.api.v2010.accounts(acme.sid);
  await asOwner.update({ status: "suspended" });
  expect(await refusalOf(acme.client.studio.v2.flows.list())).toMatchObject({ code: 20003, status: 401 });
  expect(await asOwner.incomingPhoneNumbers.list()).toHaveLength(1);
  const sent = asOwner.messages.create({ from: "+12025550142", to: customer, body: "hi" });
  expect(await refusalOf(sent)).toMatchObject({ code: 10001 });
  await expect(local.phones.write(customer, "+12025550142", "hi")).rejects.toMatchObject({ code: 10001 });
  await asOwner.update({ status: "active" });
  expect(await acme.client.studio.v2.flows.list()).toEqual([]);
});

test("one that is closed has no numbers, is still seen by its owner, and stays closed", async () => {
  const acme = await subaccount("acme");
  await acme.client.incomingPhoneNumbers.create({ phoneNumber: "+12025550142" });
  const asOwner = owner.api.v2010.accounts(acme.sid);
  await asOwner.update({ status: "closed" });
  expect(await refusalOf(acme.client.messages.list())).toMatchObject({ code: 20003, status: 401 });
  expect((await asOwner.fetch()).status).toBe("closed");
  expect(await owner.api.v2010.accounts.list({ status: "closed" })).toHaveLength(1);
  expect(await refusalOf(asOwner.update({ status: "active" }))).toMatchObject({ code: 21479 });
  const released = await owner.incomingPhoneNumbers.create({ phoneNumber: "+12025550142" });
  expect(released.accountSid).toBe(local.accountSid);
});

test("nobody suspends the account that owns the others, and no subaccount itself", async () => {
  const acme = await subaccount("acme");
  const itself = owner.api.v2010.accounts(local.accountSid).update({ status: "suspended" });
  expect(await refusalOf(itself)).toMatchObject({ code: 21477 });
  const theirs = acme.client.api.v2010.accounts(acme.sid).update({ status: "closed" });
  expect(await refusalOf(theirs)).toMatchObject({ code: 20003 });
});

test("a token of a subaccount is rotated like any", async () => {
  const acme = await subaccount("acme");
  const { secondaryAuthToken } = await acme.client.accounts.v1.secondaryAuthToken().create();
  await acme.client.accounts.v1.authTokenPromotion().update();
  expect(await refusalOf(acme.client.messages.list())).toMatchObject({ code: 20003 });
  const renewed = clientOf({ accountSid: acme.sid, authToken: secondaryAuthToken, endpoint: local.endpoint });
  expect(await renewed.messages.list()).toEqual([]);
});

test("a subaccount and what it has outlive a restart, and not a reset", async () => {
  const acme = await subaccount("acme");
  await acme.client.incomingPhoneNumbers.create({ phoneNumber: "+12025550142" });
  const { folder } = local;
  await local.close();
  {
    await using again = await startForTest({ folder });
    const client = clientOf({ accountSid: acme.sid, authToken: acme.authToken, endpoint: again.endpoint });
    expect(await client.incomingPhoneNumbers.list()).toHaveLength(1);
    await again.control("POST", "reset", {});
    expect(await refusalOf(client.incomingPhoneNumbers.list())).toMatchObject({ code: 20003 });
  }
  local = await startForTest();
});

/** What a test calls by, as this subaccount. */
function as({ sid, authToken }: { sid: string; authToken: string }): Pick<TestTwilio, "call"> {
  const authorization = `Basic ${Buffer.from(`${sid}:${authToken}`).toString("base64")}`;
  return {
    async call(method, url, form) {
      const body = form === undefined || form instanceof FormData ? form : new URLSearchParams(form);
      const answer = await fetch(`${local.endpoint}/${url}`, {
        method,
        headers: { authorization },
        ...(body === undefined ? {} : { body }),
      });
      const { status, headers } = answer;
      const text = await answer.text();
      return { status, headers, body: text === "" ? {} : (JSON.parse(text) as TestAnswerBody) };
    },
  };
}

type TestAnswerBody = Awaited<ReturnType<TestTwilio["call"]>>["body"];
