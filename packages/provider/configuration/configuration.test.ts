import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { accountSid, Engine, failure } from "../testing/engine.ts";
import { PlayedTwilio } from "../testing/played-twilio.ts";
import { secret, type ValueMap } from "../values/value.ts";
import { checkConfiguration, readConfiguration, type Environment } from "./configuration.ts";

const other = "AC00000000000000000000000000000002";
const key = "SK00000000000000000000000000000001";

describe("refused before anything is sent", () => {
  test.each<[string, ValueMap, Environment, string, string]>([
    [
      "an API key where the account belongs",
      { accountSid: key },
      {},
      "accountSid",
      "is an API key, not an account",
    ],
    [
      "an API key in TWILIO_ACCOUNT_SID",
      {},
      { TWILIO_ACCOUNT_SID: key },
      "accountSid",
      "is an API key, not an account",
    ],
    ["an account where the API key belongs", { apiKey: other }, {}, "apiKey", "an API key begins with SK"],
    ["half an account SID", { accountSid: "AC123" }, {}, "accountSid", "is not an account SID"],
    [
      "another account's credentials",
      { accountSid },
      { TWILIO_ACCOUNT_SID: other, TWILIO_AUTH_TOKEN: "t" },
      "accountSid",
      `${accountSid}, but the credentials of the environment are those of ${other}`,
    ],
    ["a key nobody knows", { acountSid: accountSid }, {}, "acountSid", "Did you mean accountSid?"],
  ])("%s", (_, inputs, environment, property, reason) => {
    const { failures } = checkConfiguration(inputs, environment);
    expect(failures).toHaveLength(1);
    expect(failures[0]?.property).toBe(property);
    expect(failures[0]?.reason).toContain(reason);
  });
});

test("another account in the environment does not matter to who configures credentials", () => {
  const inputs = { accountSid, authToken: secret("t") };
  expect(checkConfiguration(inputs, { TWILIO_ACCOUNT_SID: other, TWILIO_AUTH_TOKEN: "x" }).failures).toEqual(
    [],
  );
});

test("marks credentials secret, and takes lists as the text that stack configuration is", () => {
  const { inputs } = checkConfiguration(
    { authToken: "t", apiSecret: "s", phoneNumbers: '["+15550100001","12345"]', version: "0.1.0" },
    {},
  );
  expect(inputs).toEqual({
    authToken: secret("t"),
    apiSecret: secret("s"),
    phoneNumbers: ["+15550100001", "12345"],
  });
});

test.each<[string, ValueMap, Environment, { user: string; password: string }]>([
  [
    "the token of the environment",
    { accountSid },
    { TWILIO_AUTH_TOKEN: "t" },
    { user: accountSid, password: "t" },
  ],
  [
    "the key of the environment",
    { accountSid },
    { TWILIO_API_KEY: key, TWILIO_API_SECRET: "s", TWILIO_AUTH_TOKEN: "t" },
    { user: key, password: "s" },
  ],
  [
    "the configured token before any of the environment",
    { accountSid, authToken: secret("c") },
    { TWILIO_API_KEY: key, TWILIO_API_SECRET: "s" },
    { user: accountSid, password: "c" },
  ],
  [
    "everything from the environment",
    {},
    { TWILIO_ACCOUNT_SID: other, TWILIO_AUTH_TOKEN: "t" },
    { user: other, password: "t" },
  ],
])("signs in with %s", (_, inputs, environment, credentials) => {
  expect(readConfiguration(inputs, environment).credentials()).toEqual(credentials);
});

test("missing credentials are no error until a call needs them", async () => {
  await using engine = await Engine.start();
  await engine.configure({ accountSid });
  const token = "twilio:serverless:Service";
  const preview = await engine.create(token, { uniqueName: "x", friendlyName: "x" }, true);
  expect(preview.outputs["uniqueName"]).toBe("x");
  const { message } = await failure(engine.create(token, { uniqueName: "x", friendlyName: "x" }));
  expect(message).toContain(`No credentials for account ${accountSid}`);
  expect(message).toContain("TWILIO_AUTH_TOKEN");
});

describe("the numbers that the account must have", () => {
  const numbers = `GET api.twilio.com/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers.json`;
  const senders = "GET messaging.twilio.com/v2/Channels/Senders";
  const service = "twilio:serverless:Service";
  const variable = "twilio:serverless:Variable";
  const inputs = { uniqueName: "x", friendlyName: "x" };
  const value = { serviceSid: "ZS1", environmentSid: "ZE1", key: "K", value: "one" };
  const old = { id: "ZV1", inputs: value, outputs: { ...value, sid: "ZV1" } };
  const update = "POST serverless.twilio.com/v1/Services/ZS1/Environments/ZE1/Variables/ZV1";
  const phoneNumbers = ["+15550100001", "whatsapp:+15550100002"];

  const play = async () =>
    (await PlayedTwilio.start())
      .on(numbers, {
        status: 200,
        body: { incoming_phone_numbers: [{ phone_number: "+15550100001" }], next_page_uri: null },
      })
      .on(senders, {
        status: 200,
        body: { senders: [{ sender_id: "whatsapp:+15550100002" }], meta: { next_page_url: null } },
      })
      .on("POST serverless.twilio.com/v1/Services", { status: 201, body: { sid: "ZS1" } })
      .on(update, { status: 200, body: { sid: "ZV1" } });

  test("are looked up once, one list a kind, before the first create", async () => {
    await using twilio = await play();
    await using engine = await Engine.at(twilio, { phoneNumbers });
    await engine.create(service, inputs, true);
    expect(twilio.calls).toEqual([]);
    await Promise.all([engine.create(service, inputs), engine.create(service, inputs)]);
    expect(twilio.calls.slice(0, 2).toSorted()).toEqual([numbers, senders].toSorted());
    expect(twilio.calls.slice(2)).toEqual([
      "POST serverless.twilio.com/v1/Services",
      "POST serverless.twilio.com/v1/Services",
    ]);
  });

  test("that it does not have are refused by name, and nothing is written", async () => {
    await using twilio = await play();
    await using engine = await Engine.at(twilio, { phoneNumbers: [...phoneNumbers, "+15550100009"] });
    const { message } = await failure(engine.create(service, inputs));
    expect(message).toContain(`Account ${accountSid} does not have +15550100009. Nothing was written.`);
    expect(twilio.calls).not.toContain("POST serverless.twilio.com/v1/Services");
  });

  test("need no look-up for an update that brings none of them in, when they are those of the last deployment", async () => {
    await using twilio = await play();
    await using engine = await Engine.start();
    const configuration = { accountSid, authToken: "t", endpoint: twilio.endpoint, phoneNumbers };
    const { inputs: checked } = await engine.checkConfig(configuration, configuration);
    await engine.configure(checked);
    await engine.update(variable, old, { ...value, value: "two" });
    expect(twilio.calls).toEqual([update]);
    await engine.update(variable, old, { ...value, value: "+15550100001" });
    expect(twilio.calls.slice(1).toSorted()).toEqual([numbers, senders, update].toSorted());
  });

  test("are looked up before any update when the configuration names others than the last deployment's", async () => {
    await using twilio = await play();
    await using engine = await Engine.at(twilio, { phoneNumbers });
    await engine.update(variable, old, { ...value, value: "two" });
    expect(twilio.calls.at(-1)).toBe(update);
    expect(twilio.calls).toHaveLength(3);
  });

  test("do not hold up a destroy", async () => {
    await using twilio = await play();
    await using engine = await Engine.at(twilio, { deletable: ["*"], phoneNumbers: ["+15550100009"] });
    await engine.delete(variable, old);
    expect(twilio.calls).toEqual([update.replace("POST", "DELETE")]);
  });
});

test("a switch for one command comes from the environment; what is configured goes before it", async () => {
  const { readConfiguration } = await import("./configuration.ts");
  const environment = { PULUMI_TWILIO_DELETABLE: "twilio:studio:Flow", PULUMI_TWILIO_KEEP_BUILDS: "2" };
  const { deletable, keepBuilds, allowEmptyRefresh } = readConfiguration({}, environment);
  expect({ deletable, keepBuilds, allowEmptyRefresh }).toEqual({
    deletable: ["twilio:studio:Flow"],
    keepBuilds: 2,
    allowEmptyRefresh: false,
  });
  expect(readConfiguration({ deletable: '["*"]' }, environment).deletable).toEqual(["*"]);
});

test("numbers and switches come as the text that stack configuration is, and nothing else is taken for one", async () => {
  const { checkConfiguration, readConfiguration } = await import("./configuration.ts");
  const { keepBuilds, expectTwins, journal } = readConfiguration(
    { keepBuilds: "3", expectTwins: "true", journal: "/journals" },
    {},
  );
  expect({ keepBuilds, expectTwins, journal }).toEqual({
    keepBuilds: 3,
    expectTwins: true,
    journal: "/journals",
  });
  expect(readConfiguration({}, {})).toMatchObject({ keepBuilds: 5, expectTwins: false, journal: undefined });
  for (const [name, value] of [
    ["keepBuilds", "many"],
    ["keepBuilds", -1],
    ["expectTwins", "perhaps"],
  ] as const) {
    expect(checkConfiguration({ [name]: value }, {}).failures).toMatchObject([{ property: name }]);
  }
});

test("the journal of creates is where the configuration says", async () => {
  const folder = await mkdtemp(join(tmpdir(), "journal-"));
  await using twilio = await PlayedTwilio.start();
  const services = "conversations.twilio.com/v1/Services";
  twilio.on(`POST ${services}`, { status: 201, body: { sid: `IS${"1".repeat(32)}`, friendly_name: "line" } });
  const { journalRoot } = await import("../journal/folder.ts");
  await using engine = await Engine.at(
    twilio,
    { journal: folder },
    { journals: (configured) => journalRoot(configured, { PULUMI_HOME: join(folder, "elsewhere") }) },
  );
  await engine.create("twilio:conversations:Service", { friendlyName: "line" });
  const written = await readdir(folder, { recursive: true });
  expect(written.filter((name) => name.endsWith(".json"))).toHaveLength(1);
  expect(written.some((name) => name.startsWith("elsewhere"))).toBe(false);
  await rm(folder, { recursive: true });
});
