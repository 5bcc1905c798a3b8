/**
 * What live accounts and Twilio's pages have shown, fact by fact, each under its number in the list of facts that this
 * software is held against. Facts with more to them have a file of their own under the same numbers: webhooks
 * (`webhooks/carried.test.ts`), segments (`carrier/segments.test.ts`), templates (`content/`), Functions (`serverless/`,
 * `functions-runtime`), Flows (`studio`), the documents (`twilio-api`).
 */
import type { Twilio as Client } from "twilio";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf, refusalOf } from "./testing/client.ts";
import { deploy } from "./testing/deploy.ts";
import { flowOf, say } from "./testing/flows.ts";
import { startForTest, type TestTwilio } from "./testing/local.ts";

const customer = "+15550100201";
const line = "+15550100001";
const serverless = "serverless.twilio.com/v1/Services";
const gone = (prefix: string) => `${prefix}${"0".repeat(32)}`;

let local: TestTwilio;
let client: Client;
beforeAll(async () => {
  local = await startForTest();
  client = clientOf(local);
});
afterAll(() => local[Symbol.asyncDispose]());

test("I1: a Deployment of the Build that already runs is refused, 409", async () => {
  const source = "exports.handler = (context, event, callback) => callback();";
  await deploy(local, "twice", [{ path: "/x", visibility: "public", source }]);
  const { sid } = await client.serverless.v1.services("twice").fetch();
  const [environment] = await client.serverless.v1.services(sid).environments.list();
  const deployments = client.serverless.v1.services(sid).environments(environment?.sid ?? "").deployments;
  const again = deployments.create({ buildSid: environment?.buildSid ?? "" });
  expect(await refusalOf(again)).toMatchObject({
    status: 409,
    message: "Environment already has requested deployment.",
  });
});

test.each(["[https://example.com/a.jpg]", "a.jpg", "ftp://example.com/a.jpg"])(
  "I4: MediaUrl=%s is refused: 21620",
  async (mediaUrl) => {
    const refused = client.messages.create({ from: line, to: customer, mediaUrl: [mediaUrl] });
    expect(await refusalOf(refused)).toMatchObject({ code: 21620, status: 400 });
  },
);

test.each(['{"1": ["Jo"]}', '{"1": {"name": "Jo"}}', '{"1": null}'])(
  "I5: ContentVariables=%s is refused: 21656",
  async (contentVariables) => {
    const { sid: contentSid } = await client.content.v1.contents.create({
      friendlyName: "welcome",
      language: "en",
      variables: { "1": "somebody" },
      types: { twilioText: { body: "Welcome, {{1}}" } },
    });
    const refused = client.messages.create({ from: line, to: customer, contentSid, contentVariables });
    expect(await refusalOf(refused)).toMatchObject({
      code: 21656,
      message: expect.stringContaining("The Content Variables parameter is invalid.") as string,
    });
  },
);

test("I7: 50304 reads without 'is'", async () => {
  const refused = client.conversations.v1.conversations.create({ attributes: "{" });
  expect(await refusalOf(refused)).toMatchObject({
    code: 50304,
    message: expect.stringContaining("Attributes not valid JSON") as string,
  });
});

test("I8: 21603 speaks of From or MessagingServiceSid", async () => {
  const refused = client.messages.create({ to: customer, body: "hello" });
  expect(await refusalOf(refused)).toMatchObject({
    code: 21603,
    message: expect.stringContaining("'From' or 'MessagingServiceSid'") as string,
  });
});

test("I9: a user's Conversations are found by identity", async () => {
  const { sid } = await client.conversations.v1.conversations.create({});
  await client.conversations.v1.conversations(sid).participants.create({ identity: "ada" });
  const below = client.conversations.v1.users("ada").userConversations;
  expect((await below.list()).map(({ conversationSid }) => conversationSid)).toEqual([sid]);
  expect(await client.conversations.v1.users("ada").userConversations(sid).fetch()).toMatchObject({
    conversationSid: sid,
  });
});

const conversations = () => client.conversations.v1.conversations;
const role = (permission: string[]) =>
  client.conversations.v1.roles.create({ friendlyName: "r", type: "conversation", permission });

test.each<readonly [number, string, () => Promise<unknown>]>([
  [50003, "a friendly name over 256", () => conversations().create({ friendlyName: "a".repeat(257) })],
  [50104, "a permission that nobody knows", () => role(["sendMessage", "flyToTheMoon"])],
  [50207, "an identity over 256", () => client.conversations.v1.users.create({ identity: "a".repeat(257) })],
])("I10: %i: %s", async (code, _, call) => {
  expect(await refusalOf(call())).toMatchObject({ code, status: 400 });
});

test("I10: an identity over 256 is refused of a participant too: 50207", async () => {
  const { sid } = await conversations().create({});
  const joins = conversations()(sid).participants.create({ identity: "a".repeat(257) });
  expect(await refusalOf(joins)).toMatchObject({ code: 50207 });
});

test("I10: media that are not there 50507, that are no SID 50510, of a kind that phones do not take 50511", async () => {
  const { sid, chatServiceSid } = await conversations().create({});
  const { messages, participants } = conversations()(sid);
  expect(await refusalOf(messages.create({ mediaSid: gone("ME") }))).toMatchObject({ code: 50507 });
  expect(await refusalOf(messages.create({ mediaSid: "ME1" }))).toMatchObject({ code: 50510 });
  const upload = await fetch(`${local.endpoint}/mcs.us1.twilio.com/v1/Services/${chatServiceSid}/Media`, {
    method: "POST",
    headers: {
      "content-type": "application/zip",
      authorization: `Basic ${Buffer.from(`${local.accountSid}:${local.authToken}`).toString("base64")}`,
    },
    body: "zip",
  });
  const { sid: mediaSid } = (await upload.json()) as { sid: string };
  expect(await messages.create({ mediaSid })).toMatchObject({ conversationSid: sid });
  await participants.create({
    "messagingBinding.address": customer,
    "messagingBinding.proxyAddress": "+15550100009",
  });
  expect(await refusalOf(messages.create({ mediaSid }))).toMatchObject({ code: 50511 });
  await conversations()(sid).remove();
});

test("I10: 50437 is a code of group texting, which is not played and says so", async () => {
  const answer = await local.call("POST", "conversations.twilio.com/v1/Conversations", {});
  const below = `conversations.twilio.com/v1/Conversations/${answer.body["sid"] as string}/Participants`;
  const group = { Identity: "ada", "MessagingBinding.ProjectedAddress": line };
  expect(await local.call("POST", below, group)).toMatchObject({ status: 501 });
});

test("I11: the first date_updated of a Flow, a Deployment and a CompositionHook is null", async () => {
  const definition = flowOf(say("hello", "hello"));
  const flows = client.studio.v2.flows;
  const flow = await flows.create({ friendlyName: "f", status: "draft", definition });
  expect(flow.dateUpdated).toBeNull();
  expect((await flows(flow.sid).update({ status: "published" })).dateUpdated).toBeInstanceOf(Date);
  const hook = await client.video.v1.compositionHooks.create({ friendlyName: "hook", audioSources: ["*"] });
  expect(hook.dateUpdated).toBeNull();
  const source = "exports.handler = (context, event, callback) => callback();";
  await deploy(local, "dates", [{ path: "/x", visibility: "public", source }]);
  const { body } = await local.call("GET", `${serverless}/dates/Environments`);
  const [environment] = body["environments"] as { sid: string }[];
  const list = await local.call(
    "GET",
    `${serverless}/dates/Environments/${environment?.sid ?? ""}/Deployments`,
  );
  expect(list.body["deployments"]).toMatchObject([{ date_updated: null }]);
});

test.each([
  ["test-key", 201],
  ["6cx", 201],
  ["a".repeat(128), 201],
  ["a".repeat(129), 400],
  ["with space", 400],
])("I12: a Variable's key may hold a dash, up to 128 characters: %s is %i", async (key, status) => {
  const name = `variables-${String(status)}-${key.length}`;
  await local.call("POST", serverless, { UniqueName: name, FriendlyName: name });
  const made = await local.call("POST", `${serverless}/${name}/Environments`, { UniqueName: "dev" });
  const variables = `${serverless}/${name}/Environments/${made.body["sid"] as string}/Variables`;
  expect(await local.call("POST", variables, { Key: key, Value: "x" })).toMatchObject({ status });
});

test("I13: an address configuration made without a Conversations Service shows none, and opens in the default one", async () => {
  const made = await client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address: line,
    "autoCreation.enabled": true,
    "autoCreation.type": "default",
  });
  expect(made.autoCreation).toMatchObject({ conversation_service_sid: null });
  await local.twilio.services.carrier.receive(customer, line, "hello");
  await local.twilio.idle();
  const { defaultChatServiceSid } = await client.conversations.v1.configuration().fetch();
  const [opened] = await conversations().list();
  expect(opened?.chatServiceSid).toBe(defaultChatServiceSid);
  await client.conversations.v1.addressConfigurations(made.sid).remove();
});

test.each(["POST", "post", "GET"])("I14: a method is shown as it was written: %s", async (method) => {
  const { sid } = await conversations().create({});
  const webhook = await local.call("POST", `conversations.twilio.com/v1/Conversations/${sid}/Webhooks`, {
    Target: "webhook",
    "Configuration.Url": "https://example.com",
    "Configuration.Filters": "onMessageAdded",
    "Configuration.Method": method,
  });
  expect(webhook.body["configuration"]).toMatchObject({ method });
});

test("I15: what a Messaging Service's number and a Trunk's say of the number itself is filled in", async () => {
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  const phoneNumberSid = number?.sid ?? "";
  const of = { phoneNumber: line, sid: phoneNumberSid };
  const service = await client.messaging.v1.services.create({ friendlyName: "pool" });
  expect(
    await client.messaging.v1.services(service.sid).phoneNumbers.create({ phoneNumberSid }),
  ).toMatchObject({
    ...of,
    countryCode: "US",
    capabilities: expect.arrayContaining(["SMS", "Voice"]) as string[],
  });
  const trunk = await client.trunking.v1.trunks.create({});
  expect(await client.trunking.v1.trunks(trunk.sid).phoneNumbers.create({ phoneNumberSid })).toMatchObject({
    ...of,
    capabilities: { sms: true, voice: true },
  });
  const proxy = await client.proxy.v1.services.create({ uniqueName: "proxy" });
  expect(
    await client.proxy.v1.services(proxy.sid).phoneNumbers.create({ sid: phoneNumberSid }),
  ).toMatchObject({ ...of, isoCountry: "US", capabilities: { sms: true, voice: true } });
});

test("I15: a Flex Release shows the configuration of plugins that it was made of", async () => {
  const plugins = client.flexApi.v1;
  const plugin = await plugins.plugins.create({ uniqueName: "plugin-x" });
  expect(plugin.friendlyName).toBe("plugin-x");
  const asked = { versionParam: "1.0.0", pluginUrl: "https://example.com/x.js" };
  const version = await plugins.plugins(plugin.sid).pluginVersions.create(asked);
  const configuration = await plugins.pluginConfigurations.create({ name: "first" });
  const release = await plugins.pluginReleases.create({ configurationId: configuration.sid });
  expect(release.configurationSid).toBe(configuration.sid);
  const together = await plugins.pluginConfigurations.create({
    name: "second",
    plugins: [{ plugin_version: version.sid, phase: 3 }],
  });
  expect(await plugins.pluginConfigurations(together.sid).plugins.list()).toMatchObject([
    { uniqueName: "plugin-x", version: "1.0.0", phase: 3 },
  ]);
});

test("I16: 81022 says to check details", async () => {
  const flow = { friendlyName: "x", status: "published", definition: {} } as const;
  expect(await refusalOf(client.studio.v2.flows.create(flow))).toMatchObject({
    code: 81022,
    message: expect.stringContaining("Flow definition validation failed, check `details`") as string,
  });
});

test("I17: what is not in Proxy, or is not a SID, is 400 and named: Invalid Service Sid", async () => {
  const at = "proxy.twilio.com/v1/Services";
  const invalid = (what: string) => ({ status: 400, body: { message: `Invalid ${what} Sid` } });
  expect(await local.call("GET", `${at}/KS1`)).toMatchObject(invalid("Service"));
  expect(await local.call("GET", `${at}/none/Sessions`)).toMatchObject(invalid("Service"));
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  const { sid } = await client.proxy.v1.services.create({ uniqueName: "soon-gone" });
  const taken = await client.proxy.v1.services(sid).phoneNumbers.create({ sid: number?.sid ?? "" });
  await client.proxy.v1.services(sid).remove();
  expect(await local.call("GET", `${at}/${sid}`)).toMatchObject(invalid("Service"));
  expect(await local.call("DELETE", `${at}/${sid}`)).toMatchObject(invalid("Service"));
  expect(await local.call("GET", `${at}/${sid}/PhoneNumbers`)).toMatchObject(invalid("Service"));
  expect(await local.call("GET", `${at}/${sid}/PhoneNumbers/${taken.sid}`)).toMatchObject(
    invalid("Phone Number"),
  );
});

test("I18: Verify's safelist numbers and entities are called by number and identity", async () => {
  const list = "verify.twilio.com/v2/SafeList/Numbers";
  await local.call("POST", list, { PhoneNumber: customer });
  expect(await local.call("GET", `${list}/${encodeURIComponent(customer)}`)).toMatchObject({ status: 200 });
  const { sid } = await client.verify.v2.services.create({ friendlyName: "login" });
  await client.verify.v2.services(sid).entities.create({ identity: "customer-1" });
  expect(await client.verify.v2.services(sid).entities("customer-1").fetch()).toMatchObject({
    identity: "customer-1",
  });
});

test("I21: MediaUrl0 is a Media of the account's Message, and Conversations' media are at mcs", async () => {
  const media = [{ url: "https://example.com/cat.jpg", contentType: "image/jpeg" }];
  const { sid } = await local.twilio.services.carrier.receive(customer, line, "look", media);
  const [kept] = await client.messages(sid).media.list();
  expect(kept?.uri).toBe(
    `/2010-04-01/Accounts/${local.accountSid}/Messages/${sid}/Media/${kept?.sid ?? ""}.json`,
  );
  expect(kept?.sid).toMatch(/^ME[0-9a-f]{32}$/);
});

test("an application's status callback is taken away by SmsStatusCallback alone", async () => {
  const statusCallback = "https://example.com/status";
  const made = await client.applications.create({ messageStatusCallback: statusCallback });
  expect(made).toMatchObject({ smsMethod: "POST", voiceFallbackMethod: "POST" });
  const kept = await client.applications(made.sid).update({ messageStatusCallback: "" });
  expect(kept.messageStatusCallback).toBe(statusCallback);
  const cleared = await client.applications(made.sid).update({ smsStatusCallback: "" });
  expect(cleared.messageStatusCallback).toBe("");
});

test("a Subaccount has a token of its own, and a name where nobody gives one", async () => {
  const made = await client.api.v2010.accounts.create({});
  expect(made.authToken).toMatch(/^[0-9a-f]{32}$/);
  expect(made.authToken).not.toBe(local.authToken);
  expect(made.friendlyName).toMatch(/^SubAccount Created at \d{4}-\d\d-\d\d \d\d:\d\d [AP]M$/);
  expect(made.status).toBe("active");
});

test("what a Verify Service and its webhooks leave unsaid is as the documents have it", async () => {
  const { services } = client.verify.v2;
  const service = await services.create({ friendlyName: "login" });
  expect(service).toMatchObject({ codeLength: 6, totp: { issuer: "login", time_step: 30, skew: 1 } });
  const webhook = await services(service.sid).webhooks.create({
    friendlyName: "hook",
    eventTypes: ["*"],
    webhookUrl: "https://example.com",
  });
  expect(webhook).toMatchObject({ webhookMethod: "POST", status: "enabled" });
});

test("an id that a client left empty is nothing that is there: 404", async () => {
  const answer = await local.call("GET", "conversations.twilio.com/v1/Conversations//Messages");
  expect(answer).toMatchObject({ status: 404, body: { code: 20404 } });
  expect(await local.call("GET", "conversations.twilio.com/v1/Services/")).toMatchObject({ status: 200 });
});

test("an update of a CompositionHook empties the tracks that it does not name", async () => {
  const { compositionHooks } = client.video.v1;
  const { sid } = await compositionHooks.create({ friendlyName: "tracks", audioSources: ["*"] });
  const kept = await compositionHooks(sid).update({
    friendlyName: "tracks",
    audioSources: ["*"],
    trim: false,
  });
  expect(kept).toMatchObject({ audioSources: ["*"], trim: false });
  const emptied = await compositionHooks(sid).update({ friendlyName: "tracks" });
  expect(emptied).toMatchObject({ audioSources: [], trim: false });
});

test("a Trunk records nothing unless it is told to", async () => {
  const { trunks } = client.trunking.v1;
  const made = await trunks.create({});
  const { sid } = made;
  expect(made).toMatchObject({ recording: { mode: "do-not-record", trim: "do-not-trim" } });
  await trunks(sid).recordings().update({ mode: "record-from-answer" });
  expect(await trunks(sid).recordings().fetch()).toMatchObject({
    mode: "record-from-answer",
    trim: "do-not-trim",
  });
  expect((await trunks(sid).fetch()).recording).toMatchObject({ mode: "record-from-answer" });
});

test("Executions are listed by Status", async () => {
  const definition = flowOf(say("hello", "hello"));
  const flow = await client.studio.v2.flows.create({ friendlyName: "s", status: "published", definition });
  await client.studio.v2.flows(flow.sid).executions.create({ to: customer, from: line });
  await local.twilio.idle();
  const at = `studio.twilio.com/v2/Flows/${flow.sid}/Executions`;
  expect((await local.call("GET", `${at}?Status=ended`)).body["executions"]).toHaveLength(1);
  expect((await local.call("GET", `${at}?Status=active`)).body["executions"]).toEqual([]);
});

test("numbers that can be bought are of the country asked for, and one of them is bought", async () => {
  const german = await client.availablePhoneNumbers("DE").mobile.list();
  expect(
    german.every(({ isoCountry, phoneNumber }) => isoCountry === "DE" && phoneNumber.startsWith("+49")),
  ).toBe(true);
  const [first] = await client.availablePhoneNumbers("US").local.list({ areaCode: 510 });
  const phoneNumber = first?.phoneNumber ?? "";
  expect(phoneNumber).toMatch(/^\+151055501\d\d$/);
  await client.incomingPhoneNumbers.create({ phoneNumber });
  const left = await client.availablePhoneNumbers("US").local.list({ areaCode: 510 });
  expect(left.map((one) => one.phoneNumber)).not.toContain(phoneNumber);
  expect((await client.availablePhoneNumbers.list()).map(({ countryCode }) => countryCode)).toContain("DE");
});
