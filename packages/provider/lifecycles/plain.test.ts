import { describe, expect, test } from "vitest";
import { accountSid, Engine, failure } from "../testing/engine.ts";
import { PlayedTwilio } from "../testing/played-twilio.ts";

describe("what exists without being created", () => {
  const token = "twilio:conversations:ServiceConfiguration";
  const IS = "IS00000000000000000000000000000001";
  const call = `conversations.twilio.com/v1/Services/${IS}/Configuration`;
  const shown = { chat_service_sid: IS, reachability_enabled: true, default_chat_service_role_sid: "RL1" };

  test("is changed to what the program says, kept under its parent's SID, and left alone when it is deleted", async () => {
    await using twilio = await PlayedTwilio.start();
    twilio.on(`POST ${call}`, { status: 200, body: shown });
    await using engine = await Engine.at(twilio);
    const made = await engine.create(token, { chatServiceSid: IS, reachabilityEnabled: true });
    expect(made).toMatchObject({
      id: IS,
      outputs: { reachabilityEnabled: true, defaultChatServiceRoleSid: "RL1" },
    });
    expect(twilio.requests[0]?.text).toBe("ReachabilityEnabled=true");
    await engine.delete(token, made);
    expect(twilio.calls).toEqual([`POST ${call}`]);
  });

  test("is read when the program says nothing of it", async () => {
    await using twilio = await PlayedTwilio.start();
    twilio.on(`GET ${call}`, { status: 200, body: shown });
    await using engine = await Engine.at(twilio);
    const made = await engine.create(token, { chatServiceSid: IS });
    expect(made.outputs).toMatchObject({ reachabilityEnabled: true });
  });

  test("is imported by its parent's SID", async () => {
    await using twilio = await PlayedTwilio.start();
    twilio.on(`GET ${call}`, { status: 200, body: shown });
    await using engine = await Engine.at(twilio);
    const found = await engine.read(token, { id: IS });
    expect(found).toMatchObject({ id: IS, inputs: { chatServiceSid: IS, reachabilityEnabled: true } });
  });
});

describe("below the account", () => {
  const token = "twilio:api:IncomingPhoneNumber";
  const PN = "PN00000000000000000000000000000001";
  const numbers = `api.twilio.com/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers`;
  const shown = { sid: PN, account_sid: accountSid, phone_number: "+15550100001", sms_url: "" };

  test("the provider's account is the parent that a program need not name", async () => {
    await using twilio = await PlayedTwilio.start();
    twilio
      .on(`GET ${numbers}.json`, { status: 200, body: { incoming_phone_numbers: [] } })
      .on(`POST ${numbers}.json`, { status: 201, body: shown })
      .on(`POST ${numbers}/${PN}.json`, { status: 200, body: { ...shown, sms_url: "https://x" } });
    await using engine = await Engine.at(twilio);
    const made = await engine.create(token, { phoneNumber: "+1 555 010 0001" });
    expect(made).toMatchObject({ id: PN, outputs: { accountSid, phoneNumber: "+1 555 010 0001" } });
    const updated = await engine.update(token, made, { ...made.inputs, smsUrl: "https://x" });
    expect(updated.outputs["smsUrl"]).toBe("https://x");
    expect(twilio.requests.at(-1)?.text).toBe("SmsUrl=https%3A%2F%2Fx");
  });

  test("a number that the account has already is set up, and not bought again", async () => {
    await using twilio = await PlayedTwilio.start();
    const other = { ...shown, sid: PN.replace(/1$/, "2"), phone_number: "+15550100002" };
    twilio
      .on(`GET ${numbers}.json`, { status: 200, body: { incoming_phone_numbers: [other, shown] } })
      .on(`POST ${numbers}/${PN}.json`, { status: 200, body: { ...shown, voice_url: "https://x" } });
    await using engine = await Engine.at(twilio);
    const made = await engine.create(token, { phoneNumber: "+1 555 010 0001", voiceUrl: "https://x" });
    expect(made).toMatchObject({ id: PN, outputs: { voiceUrl: "https://x" } });
    expect(twilio.requests.at(-1)?.text).toBe("VoiceUrl=https%3A%2F%2Fx");
  });

  test("an import needs the SID alone", async () => {
    await using twilio = await PlayedTwilio.start();
    twilio.on(`GET ${numbers}/${PN}.json`, { status: 200, body: shown });
    await using engine = await Engine.at(twilio);
    expect(await engine.read(token, { id: PN })).toMatchObject({
      id: PN,
      inputs: { phoneNumber: "+15550100001" },
    });
    const { message } = await failure(engine.read(token, { id: accountSid }));
    expect(message).toContain("An import id looks like PN…");
  });
});

test("what has a name that only one can have makes way before its replacement is created", async () => {
  await using engine = await Engine.start();
  const token = "twilio:serverless:Environment";
  const ZS = "ZS00000000000000000000000000000001";
  const inputs = { serviceSid: ZS, uniqueName: "live", domainSuffix: "one" };
  const old = { id: "ZE1", inputs, outputs: inputs };
  const sameName = await engine.diff(token, old, { ...inputs, domainSuffix: "two" });
  expect(sameName).toMatchObject({ replaces: ["domainSuffix"], deleteBeforeReplace: true });
  const otherPlace = await engine.diff(token, old, { ...inputs, serviceSid: ZS.replace(/1$/, "2") });
  expect(otherPlace).toMatchObject({ replaces: ["serviceSid"], deleteBeforeReplace: false });
});

describe("what is gone at Proxy, which says so with 400", () => {
  const KS = "KS00000000000000000000000000000001";
  const PN = "PN00000000000000000000000000000001";
  const at = `proxy.twilio.com/v1/Services/${KS}`;
  const invalid = (what: string) => ({
    status: 400,
    body: { code: 20001, message: `Invalid ${what} Sid`, status: 400 },
  });

  test.each<readonly [string, string, string, string, Readonly<Record<string, string>>]>([
    ["twilio:proxy:Service", KS, at, "Service", { uniqueName: "line" }],
    ["twilio:proxy:PhoneNumber", PN, `${at}/PhoneNumbers/${PN}`, "Phone Number", { serviceSid: KS, sid: PN }],
    ["twilio:proxy:PhoneNumber", PN, `${at}/PhoneNumbers/${PN}`, "Service", { serviceSid: KS, sid: PN }],
  ])("%s: a refresh takes it out of the state, a deletion is done", async (token, id, path, what, inputs) => {
    await using twilio = await PlayedTwilio.start();
    const other = { id: KS.replace(/1$/, "2"), inputs: {}, outputs: { uniqueName: "other" } };
    twilio
      .on(`GET ${path}`, invalid(what))
      .on(`DELETE ${path}`, invalid(what))
      .on(`GET proxy.twilio.com/v1/Services/${other.id}`, { status: 200, body: { sid: other.id } });
    await using engine = await Engine.at(twilio);
    // A state of which nothing is there at all is taken for another account's.
    await engine.read("twilio:proxy:Service", { ...other, inputs: { uniqueName: "other" } }, "other");
    const old = { id, inputs, outputs: { ...inputs, sid: id } };
    expect(await engine.read(token, old)).toBeUndefined();
    await engine.delete(token, old);
  });

  test("a create that names what is not there is refused as ever", async () => {
    await using twilio = await PlayedTwilio.start();
    twilio
      .on(`GET ${at}/PhoneNumbers`, { status: 200, body: { phone_numbers: [], meta: {} } })
      .on(`POST ${at}/PhoneNumbers`, invalid("Phone Number"));
    await using engine = await Engine.at(twilio);
    const { message } = await failure(engine.create("twilio:proxy:PhoneNumber", { serviceSid: KS, sid: PN }));
    expect(message).toContain("was refused: Invalid Phone Number Sid");
  });
});

describe("what Twilio finds by something else than its SID", () => {
  const token = "twilio:verify:Entity";
  const VA = "VA00000000000000000000000000000001";
  const YE = "YE00000000000000000000000000000001";
  const entities = `verify.twilio.com/v2/Services/${VA}/Entities`;
  const shown = { sid: YE, service_sid: VA, identity: "ada-0001" };

  test("has that as its id", async () => {
    await using twilio = await PlayedTwilio.start();
    twilio
      .on(`POST ${entities}`, { status: 201, body: shown })
      .on(`GET ${entities}/ada-0001`, { status: 200, body: shown })
      .on(`DELETE ${entities}/ada-0001`, { status: 204, body: {} });
    await using engine = await Engine.at(twilio);
    const made = await engine.create(token, { serviceSid: VA, identity: "ada-0001" });
    expect(made).toMatchObject({ id: "ada-0001", outputs: { sid: YE } });
    expect(await engine.read(token, { id: `${VA}/ada-0001` })).toMatchObject({ id: "ada-0001" });
    await engine.delete(token, made);
    expect(twilio.calls.at(-1)).toBe(`DELETE ${entities}/ada-0001`);
  });

  test("is found where a state calls it by its SID, and called right from the next refresh on", async () => {
    await using twilio = await PlayedTwilio.start();
    const safelist = "verify.twilio.com/v2/SafeList/Numbers/%2B15005550101";
    twilio
      .on(`GET ${safelist}`, { status: 200, body: { sid: `GN${YE.slice(2)}`, phone_number: "+15005550101" } })
      .on(`DELETE ${safelist}`, { status: 204, body: {} });
    await using engine = await Engine.at(twilio);
    const inputs = { phoneNumber: "+15005550101" };
    const old = { id: `GN${YE.slice(2)}`, inputs, outputs: { ...inputs, sid: `GN${YE.slice(2)}` } };
    const read = await engine.read("twilio:verify:Safelist", old);
    expect(read).toMatchObject({ id: "+15005550101" });
    await engine.delete("twilio:verify:Safelist", old);
    expect(twilio.calls).toHaveLength(2);
  });
});
