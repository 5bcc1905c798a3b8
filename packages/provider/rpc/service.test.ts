import { expect, test } from "vitest";
import { Engine, failure } from "../testing/engine.ts";
import { PlayedTwilio } from "../testing/played-twilio.ts";
import { Secret, unknown, Unknown } from "../values/value.ts";

const service = "twilio:serverless:Service";
const variable = "twilio:serverless:Variable";
const ZS = "ZS00000000000000000000000000000001";
const ZE = "ZE00000000000000000000000000000001";
const ZV = "ZV00000000000000000000000000000001";
const variables = `serverless.twilio.com/v1/Services/${ZS}/Environments/${ZE}/Variables`;
const shown = {
  sid: ZV,
  service_sid: ZS,
  environment_sid: ZE,
  key: "AGENTS",
  value: "one",
  date_updated: "2026-01-01T00:00:00Z",
};
const inputs = { serviceSid: ZS, environmentSid: ZE, key: "AGENTS", value: "one" };

test("creates, with the inputs as a form and everything Twilio shows as outputs", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on("POST serverless.twilio.com/v1/Services", {
    status: 201,
    body: {
      sid: ZS,
      unique_name: "line",
      friendly_name: "Line",
      include_credentials: true,
      ui_editable: false,
      domain_base: "line-1234",
    },
  });
  await using engine = await Engine.at(twilio);
  const created = await engine.create(service, {
    uniqueName: "line",
    friendlyName: "Line",
    includeCredentials: true,
  });
  expect(created.id).toBe(ZS);
  expect(created.outputs).toEqual({
    sid: ZS,
    uniqueName: "line",
    friendlyName: "Line",
    includeCredentials: true,
    uiEditable: false,
    domainBase: "line-1234",
  });
  expect(Object.fromEntries(twilio.requests[0]?.form ?? [])).toEqual({
    UniqueName: "line",
    FriendlyName: "Line",
    IncludeCredentials: "true",
  });
});

test("a preview of a create calls nobody and knows what it can", async () => {
  await using twilio = await PlayedTwilio.start();
  await using engine = await Engine.at(twilio);
  const { id, outputs } = await engine.create(variable, { ...inputs, serviceSid: unknown }, true);
  expect(id).toBe("");
  expect(outputs["key"]).toBe("AGENTS");
  expect(outputs["serviceSid"]).toBeInstanceOf(Unknown);
  expect(outputs["sid"]).toBeInstanceOf(Unknown);
  expect(twilio.calls).toEqual([]);
});

test("what the program marks secret is secret in outputs, and sent in the open", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on(`POST ${variables}`, { status: 201, body: { ...shown, value: "hush" } });
  await using engine = await Engine.at(twilio);
  const { inputs: checked, failures } = await engine.check(variable, {
    ...inputs,
    value: new Secret("hush"),
  });
  expect(failures).toEqual([]);
  const created = await engine.create(variable, checked);
  expect(created.outputs["value"]).toEqual(new Secret("hush"));
  expect(twilio.requests[0]?.form.get("Value")).toBe("hush");
  const plain = await engine.create(variable, { ...inputs, value: "hush" });
  expect(plain.outputs["value"]).toBe("hush");
});

test("a changed value is one update with that value alone; a changed parent replaces", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on(`POST ${variables}/${ZV}`, (request) => ({
    status: 200,
    body: { ...shown, value: request.form.get("Value") ?? "" },
  }));
  await using engine = await Engine.at(twilio);
  const old = { id: ZV, inputs, outputs: { ...inputs, sid: ZV, dateUpdated: "2026-01-01T00:00:00Z" } };

  expect(await engine.diff(variable, old, { ...inputs, value: "two" })).toMatchObject({
    changes: "some",
    replaces: [],
    detailed: { value: "UPDATE" },
  });
  const preview = await engine.update(variable, old, { ...inputs, value: "two" }, true);
  expect(preview.outputs).toMatchObject({ sid: ZV, value: "two" });
  expect(preview.outputs["dateUpdated"]).toBeInstanceOf(Unknown);
  expect(twilio.calls).toEqual([]);
  const updated = await engine.update(variable, old, { ...inputs, value: "two" });
  expect(updated.outputs["value"]).toBe("two");
  expect([...(twilio.requests[0]?.form ?? [])]).toEqual([["Value", "two"]]);

  const moved = await engine.diff(variable, old, {
    ...inputs,
    environmentSid: "ZE00000000000000000000000000000002",
  });
  expect(moved).toMatchObject({ replaces: ["environmentSid"], deleteBeforeReplace: false });
});

test("nothing that means something else is no difference", async () => {
  await using engine = await Engine.start();
  const token = "twilio:conversations:ServiceConversation";
  const before = {
    chatServiceSid: "IS00000000000000000000000000000001",
    attributes: '{"a":1,"b":[2]}',
    timers: { inactive: "PT60M" },
  };
  const after = { ...before, attributes: '{ "b": [2], "a": 1 }', timers: { inactive: "PT1H" } };
  const old = { id: "CH1", inputs: before, outputs: before };
  expect(await engine.diff(token, old, after)).toMatchObject({ changes: "none", detailed: {} });
});

test("reads for a refresh: drift in the program's inputs, server defaults kept out, gone is gone", async () => {
  await using twilio = await PlayedTwilio.start();
  const call = `GET ${variables}/${ZV}`;
  twilio.on(call, { status: 200, body: { ...shown, value: "edited" } });
  await using engine = await Engine.at(twilio);
  const old = { id: ZV, inputs, outputs: { ...inputs, sid: ZV } };
  const found = await engine.read(variable, old);
  expect(found?.inputs).toEqual({ ...inputs, value: "edited" });
  expect(found?.outputs).toMatchObject({ sid: ZV, value: "edited" });
  twilio.on(call, { status: 404, body: { code: 20404, message: "not found" } });
  expect(await engine.read(variable, old)).toBeUndefined();
});

test("imports by the path of SIDs and says what the id should look like", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on(`GET ${variables}/${ZV}`, { status: 200, body: shown });
  await using engine = await Engine.at(twilio);
  const found = await engine.read(variable, { id: `${ZS}/${ZE}/${ZV}` });
  expect(found?.id).toBe(ZV);
  expect(found?.inputs).toEqual(inputs);
  const { message } = await failure(engine.read(variable, { id: ZV }));
  expect(message).toContain("An import id looks like ZS…/ZE…/ZV…");
});

test("deleting what is gone succeeds", async () => {
  await using twilio = await PlayedTwilio.start();
  await using engine = await Engine.at(twilio, { deletable: ["*"] });
  await engine.delete(variable, { id: ZV, inputs, outputs: { ...inputs, sid: ZV } });
  expect(twilio.calls).toEqual([`DELETE ${variables}/${ZV}`]);
});

test("an error names Twilio's code, message, request and the resource", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on(`POST ${variables}`, {
    status: 400,
    body: { code: 20001, message: "Key is taken", status: 400 },
  });
  await using engine = await Engine.at(twilio);
  const { message } = await failure(engine.create(variable, inputs));
  expect(message).toContain('Creating twilio:serverless:Variable "it" was refused: Key is taken');
  expect(message).toContain("error 20001, HTTP 400, request RQ1");
  expect(message).toContain("https://www.twilio.com/docs/errors/20001");
});

test("an unknown resource and an unknown property name what was probably meant", async () => {
  await using engine = await Engine.start();
  const { message } = await failure(engine.check("twilio:serverless:Varible", {}));
  expect(message).toContain("Did you mean twilio:serverless:Variable?");
  const { failures } = await engine.check(variable, { ...inputs, vallue: "x" });
  expect(failures).toEqual([
    { property: "vallue", reason: "twilio:serverless:Variable has no property vallue. Did you mean value?" },
  ]);
});

test("a create whose answer was lost is not sent again while nobody can look for it, and says how to go on", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on(`POST ${variables}`, "drop");
  await using engine = await Engine.at(twilio);
  const { message } = await failure(engine.create(variable, inputs));
  expect(twilio.calls).toEqual([`POST ${variables}`, `GET ${variables}`]);
  expect(message).toContain("its answer was lost");
  expect(message).toContain("pulumi import twilio:serverless:Variable");
});
