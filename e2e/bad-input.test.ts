/**
 * What people get wrong, through the provider's protocol against the local Twilio: one error that says what and where,
 * and nothing written where that can be known.
 */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { Asset, Engine, failure } from "@support-line/provider/testing";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callsDuring } from "./calls.ts";
import { askControl } from "./control.ts";

const key = { apiKey: `SK${"5".repeat(32)}`, apiSecret: "fictional" };
const number = "+15550100001";
let folder: string;
let local: LocalTwilio;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bad-input-"));
  local = await startLocalTwilio({ folder: join(folder, "twilio"), port: 0 });
  await seed();
});
afterAll(async () => {
  await local.close();
  await rm(folder, { recursive: true, force: true });
});

/** The account's API key, also after a reset. */
const seed = () =>
  askControl(local.endpoint, "seed", { apiKeys: [{ sid: key.apiKey, secret: key.apiSecret }] });

/** A provider at the local Twilio, as another machine would have it: with a journal of its own. */
let machines = 0;
const provider = (more: Readonly<Record<string, string>> = {}) => {
  machines += 1;
  const { accountSid, authToken } = local;
  const journal = join(folder, `journal-${machines}`);
  return Engine.at(local, { accountSid, authToken, journal, ...more });
};

const service = "twilio:serverless:Service";
const addressConfiguration = "twilio:conversations:AddressConfiguration";

/** The one thing wrong with inputs, found before anything is sent. */
async function fault(token: string, inputs: Parameters<Engine["check"]>[1]) {
  await using engine = await provider();
  const { failures } = await engine.check(token, inputs);
  expect(failures).toHaveLength(1);
  return failures[0];
}

/** As the account itself. */
const authorization = () =>
  `Basic ${Buffer.from(`${local.accountSid}:${local.authToken}`).toString("base64")}`;

async function servicesThere(): Promise<number> {
  const headers = { authorization: authorization() };
  const answer = await fetch(`${local.endpoint}/serverless.twilio.com/v1/Services`, { headers });
  const { services } = (await answer.json()) as { services: unknown[] };
  return services.length;
}

/** Makes a subaccount, or changes one. */
async function account(path: string, fields: Record<string, string>) {
  const url = `${local.endpoint}/api.twilio.com/2010-04-01/Accounts${path}.json`;
  const headers = { authorization: authorization() };
  const answer = await fetch(url, { method: "POST", headers, body: new URLSearchParams(fields) });
  expect(answer.ok, url).toBe(true);
  return (await answer.json()) as { sid: string; auth_token: string };
}

test("wrong credentials: what was refused, Twilio's code, and where to look", async () => {
  await using engine = await provider({ authToken: "wrong" });
  const { message, half } = await failure(
    engine.create(service, { uniqueName: "wrong", friendlyName: "wrong" }),
  );
  expect(message).toMatch(/Creating .*refused.*20003.*HTTP 401/);
  expect(message).toContain("Check the account SID and its auth token or API key");
  expect(half).toBeUndefined();
  expect(await servicesThere()).toBe(0);
});

test("a suspended account: the same refusal, which says that it may be that", async () => {
  const { sid, auth_token: authToken } = await account("", { FriendlyName: "Suspended soon" });
  await account(`/${sid}`, { Status: "suspended" });
  await using engine = await provider({ accountSid: sid, authToken });
  const { message } = await failure(
    engine.create(service, { uniqueName: "suspended", friendlyName: "suspended" }),
  );
  expect(message).toMatch(/20003.*a suspended account answers the same/);
});

test("an API key where the account belongs, and an account where the key belongs", async () => {
  await using engine = await Engine.start();
  const { failures } = await engine.checkConfig({ accountSid: key.apiKey, authToken: "token" });
  expect(failures).toMatchObject([{ property: "accountSid" }]);
  expect(failures[0]?.reason).toContain(`${key.apiKey} is an API key, not an account`);
  const other = await engine.checkConfig({ ...key, accountSid: local.accountSid, apiKey: local.accountSid });
  expect(other.failures).toMatchObject([{ property: "apiKey" }]);
});

test("an API key in the environment's account is found before anything is sent", async () => {
  await using engine = await Engine.start({ TWILIO_ACCOUNT_SID: key.apiKey, TWILIO_AUTH_TOKEN: "token" });
  const { failures } = await engine.checkConfig({});
  expect(failures).toMatchObject([{ property: "accountSid" }]);
});

test("a valid API key, which may not read the Account, passes", async () => {
  await seed();
  await using engine = await provider({ ...key, authToken: "" });
  const inputs = { uniqueName: "keyed", friendlyName: "keyed" };
  const made = await engine.create(service, inputs);
  expect(made.id).toMatch(/^ZS/);
  await engine.delete(service, made);
});

test("a SID of another kind, at its property", async () => {
  const wrong = await fault(addressConfiguration, {
    type: "sms",
    address: number,
    autoCreation: { type: "studio", studioFlowSid: `ZS${"1".repeat(32)}` },
  });
  expect(wrong).toEqual({
    property: "autoCreation.studioFlowSid",
    reason: `autoCreation.studioFlowSid must be a SID that begins with FW, not ZS${"1".repeat(32)}.`,
  });
});

test.each([
  ["whatsapp", number, "whatsapp: and a number"],
  ["sms", `whatsapp:${number}`, "a number in E.164"],
  ["sms", "15550100001", "a number in E.164"],
  ["messenger", number, "messenger: and the id of a page"],
  ["email", number, "an e-mail address"],
])("an address of type %s that is %s", async (type, address, must) => {
  const wrong = await fault(addressConfiguration, { type, address });
  expect(wrong?.property).toBe("address");
  expect(wrong?.reason).toContain(`address of type ${type} must be ${must}`);
});

test("a participant whose two addresses are of two channels", async () => {
  const wrong = await fault("twilio:conversations:ConversationParticipant", {
    conversationSid: `CH${"1".repeat(32)}`,
    messagingBinding: { address: "whatsapp:+15550100200", proxyAddress: number },
  });
  expect(wrong?.property).toBe("messagingBinding.proxyAddress");
  expect(wrong?.reason).toContain("both must be of one channel");
});

test("a Function of 2 MB, from text and from a file; an Asset of that size passes", async () => {
  const big = `exports.handler = () => {}; //${"x".repeat(2_000_000)}`;
  const file = join(folder, "big.js");
  await writeFile(file, big);
  const program = {
    serviceSid: `ZS${"1".repeat(32)}`,
    friendlyName: "big",
    path: "/big",
    visibility: "public",
  };
  for (const content of [new Asset({ text: big }), new Asset({ path: file })]) {
    const wrong = await fault("twilio:serverless:Function", { ...program, content });
    expect(wrong).toMatchObject({ property: "content" });
    expect(wrong?.reason).toMatch(/content of \/big is 2000030 bytes; Twilio's limit is 1 MiB/);
  }
  await using engine = await provider();
  const asset = await engine.check("twilio:serverless:Asset", {
    ...program,
    content: new Asset({ text: big }),
  });
  expect(asset.failures).toEqual([]);
});

test("a Flow that is not JSON", async () => {
  for (const definition of ["{ states: [", "hello"]) {
    const wrong = await fault("twilio:studio:Flow", { friendlyName: "f", status: "draft", definition });
    expect(wrong?.property).toBe("definition");
    expect(wrong?.reason).toContain("must be a Flow Definition: an object, or JSON text of one");
  }
});

test("two stacks on one address: the second is told whose it is and how to take it over; the first keeps it", async () => {
  await using first = await provider();
  await using second = await provider();
  const inputs = { type: "sms", address: number, friendlyName: "first" };
  const made = await first.create(addressConfiguration, inputs);
  const { message, half } = await failure(
    second.create(addressConfiguration, { ...inputs, friendlyName: "second" }),
  );
  expect(half).toBeUndefined();
  expect(message).toContain(made.id);
  expect(message).toContain(`pulumi import ${addressConfiguration} it ${made.id}`);
  expect((await first.read(addressConfiguration, made))?.inputs).toEqual(inputs);
  await first.delete(addressConfiguration, made);
});

test("a Service that the account has no room for: the limit, Twilio's code and the way out, and no read for it", async () => {
  await using engine = await provider();
  const named = (index: number) => ({ uniqueName: `full-${index}`, friendlyName: "full" });
  const there = await servicesThere();
  const made = await Promise.all(
    Array.from({ length: 50 - there }, (_, index) => engine.create(service, named(index), false, `${index}`)),
  );
  const calls = await callsDuring({ twilio: local }, async () => {
    const { message, half } = await failure(engine.create(service, named(51)));
    expect(message).toMatch(/Services are limited to .* 50 .*20001.*delete those that nobody needs/);
    expect(half).toBeUndefined();
  });
  expect(calls.map(({ method }) => method)).toEqual(["POST"]);
  await Promise.all(made.map((one, index) => engine.delete(service, one, `${index}`)));
});

test("Variables that are too much for their Environment: refused before any is written", async () => {
  await using engine = await provider();
  const environmentSid = `ZE${"1".repeat(32)}`;
  const program = { serviceSid: `ZS${"1".repeat(32)}`, environmentSid, value: "x".repeat(400) };
  const calls = await callsDuring({ twilio: local }, async () => {
    const checks = Array.from({ length: 8 }, (_, index) =>
      engine.check("twilio:serverless:Variable", { ...program, key: `KEY_${index}` }, {}, `${index}`),
    );
    const failures = (await Promise.all(checks)).flatMap((checked) => checked.failures);
    expect(failures).toMatchObject([{ property: "value" }]);
    expect(failures[0]?.reason).toMatch(/gives an Environment 3072 .*82006.*Shorten or drop/);
  });
  expect(calls).toEqual([]);
});

test("what Twilio refuses: its message, code and request, the resource, the property, and where to read on", async () => {
  await using engine = await provider();
  const { message } = await failure(
    engine.create(service, { uniqueName: "under_score", friendlyName: "x" }, false, "functions"),
  );
  expect(message).toMatch(
    /^Creating twilio:serverless:Service "functions" was refused: Invalid UniqueName 'under_score': .* \(Twilio error 20001, HTTP 400, request RQ[0-9a-f]{32}, property uniqueName\)\. See https:\/\/www\.twilio\.com\/docs\/errors\/20001$/,
  );
});

test("a Flow of the same name is another's: neither changed nor taken over, and an equal one is asked about", async () => {
  await using theirs = await provider();
  const says = (body: string) => ({
    friendlyName: "line",
    status: "published",
    definition: {
      initial_state: "Trigger",
      states: [
        {
          name: "Trigger",
          type: "trigger",
          properties: {},
          transitions: [{ event: "incomingMessage", next: "say" }],
        },
        {
          name: "say",
          type: "send-message",
          properties: { from: "{{flow.channel.address}}", to: "{{contact.channel.address}}", body },
          transitions: [{ event: "sent" }, { event: "failed" }],
        },
      ],
    },
  });
  const flow = "twilio:studio:Flow";
  const checked = async (engine: Engine, body: string) => (await engine.check(flow, says(body))).inputs;
  const standing = await theirs.create(flow, await checked(theirs, "theirs"));
  // A stack that was deployed before, from another machine.
  const { accountSid, authToken } = local;
  const config = { accountSid, authToken, deletable: ["*"] };
  const journals = () => join(folder, "journal-of-ours");
  await using ours = await Engine.at(local, config, { journals }, { accountSid });
  const { message, half } = await failure(ours.create(flow, await checked(ours, "theirs")));
  expect(half).toBeUndefined();
  expect(message).toContain(`pulumi import ${flow} it ${standing.id}`);
  const made = await ours.create(flow, await checked(ours, "ours"));
  expect(made.id).not.toBe(standing.id);
  await ours.delete(flow, made);
  expect(await theirs.read(flow, standing)).toMatchObject({
    inputs: standing.inputs,
    outputs: { revision: 1 },
  });
});
