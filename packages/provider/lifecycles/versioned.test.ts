import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { Engine, failure } from "../testing/engine.ts";
import { PlayedTwilio } from "../testing/played-twilio.ts";
import { Asset, Unknown } from "../values/value.ts";

const token = "twilio:serverless:Function";
const ZS = "ZS00000000000000000000000000000001";
const ZH = "ZH00000000000000000000000000000001";
const ZN = "ZN00000000000000000000000000000001";
const functions = `serverless.twilio.com/v1/Services/${ZS}/Functions`;
const upload = `POST serverless-upload.twilio.com/v1/Services/${ZS}/Functions/${ZH}/Versions`;
const inputs = {
  serviceSid: ZS,
  friendlyName: "hello",
  path: "/hello",
  visibility: "protected",
  content: new Asset({ text: "exports.a=1" }),
};
const old = { id: ZH, inputs, outputs: { ...inputs, sid: ZH, versionSid: ZN } };

function play(twilio: PlayedTwilio): PlayedTwilio {
  return twilio
    .on(`POST ${functions}`, { status: 201, body: { sid: ZH, service_sid: ZS, friendly_name: "hello" } })
    .on(`POST ${functions}/${ZH}`, ({ form }) => ({
      status: 200,
      body: { sid: ZH, service_sid: ZS, friendly_name: form.get("FriendlyName") ?? "" },
    }))
    .on(`GET ${functions}/${ZH}`, { status: 200, body: { sid: ZH, service_sid: ZS, friendly_name: "hello" } })
    .on(upload, { status: 201, body: { sid: ZN } });
}

test("creating is two calls: the Function, and its version with path, visibility and file", async () => {
  await using twilio = play(await PlayedTwilio.start());
  await using engine = await Engine.at(twilio);
  const created = await engine.create(token, inputs);
  expect(created).toMatchObject({
    id: ZH,
    outputs: { sid: ZH, versionSid: ZN, path: "/hello", visibility: "protected" },
  });
  expect(created.outputs["content"]).toEqual(inputs.content);
  expect(twilio.calls).toEqual([`POST ${functions}`, upload]);
  const sent = twilio.requests[1]?.text ?? "";
  for (const part of [
    'name="Path"\r\n\r\n/hello',
    'name="Visibility"\r\n\r\nprotected',
    "Content-Type: application/javascript\r\n\r\nexports.a=1",
  ]) {
    expect(sent).toContain(part);
  }
});

test("a Function whose upload failed is kept, and the next update uploads", async () => {
  await using twilio = play(await PlayedTwilio.start());
  twilio.on(upload, { status: 400, body: { code: 20001, message: "Path is taken" } });
  await using engine = await Engine.at(twilio);
  const { message, half } = await failure(engine.create(token, inputs));
  expect(message).toContain("Path is taken");
  expect(half).toMatchObject({ id: ZH, outputs: { sid: ZH, friendlyName: "hello" } });
  play(twilio).forget();
  const updated = await engine.update(token, { id: ZH, inputs, outputs: half?.outputs ?? {} }, inputs);
  expect(twilio.calls).toEqual([upload]);
  expect(updated.outputs["versionSid"]).toBe(ZN);
});

test("a file that cannot be read stops before anything is made", async () => {
  await using twilio = play(await PlayedTwilio.start());
  await using engine = await Engine.at(twilio);
  const { message } = await failure(
    engine.create(token, { ...inputs, content: new Asset({ path: "nowhere/hello.js" }) }),
  );
  expect(message).toContain("nowhere/hello.js");
  expect(twilio.calls).toEqual([]);
});

describe("an update", () => {
  test("of the content is one upload, and in a preview the version is not known", async () => {
    await using twilio = play(await PlayedTwilio.start());
    await using engine = await Engine.at(twilio);
    const changed = { ...inputs, content: new Asset({ text: "exports.a=2" }) };
    expect(await engine.diff(token, old, changed)).toMatchObject({
      changes: "some",
      replaces: [],
      detailed: { content: "UPDATE" },
    });
    const preview = await engine.update(token, old, changed, true);
    expect(preview.outputs["versionSid"]).toBeInstanceOf(Unknown);
    expect(preview.outputs["sid"]).toBe(ZH);
    expect(twilio.calls).toEqual([]);
    await engine.update(token, old, changed);
    expect(twilio.calls).toEqual([upload]);
  });

  test("of the name uploads nothing, and the version stays known", async () => {
    await using twilio = play(await PlayedTwilio.start());
    await using engine = await Engine.at(twilio);
    const renamed = { ...inputs, friendlyName: "hi" };
    expect((await engine.update(token, old, renamed, true)).outputs["versionSid"]).toBe(ZN);
    const updated = await engine.update(token, old, renamed);
    expect(twilio.calls).toEqual([`POST ${functions}/${ZH}`]);
    expect(updated.outputs).toMatchObject({ friendlyName: "hi", versionSid: ZN, path: "/hello" });
  });

  test("the same content, of which the state has the hash alone, is no difference", async () => {
    await using engine = await Engine.start();
    const hash = "6a2f41a3c54cb4a0fd0f8e5d5a1ee8a0";
    const known = { ...old, inputs: { ...inputs, content: new Asset({ hash }) } };
    expect(
      await engine.diff(token, known, { ...inputs, content: new Asset({ text: "exports.a=1", hash }) }),
    ).toMatchObject({ changes: "none" });
  });
});

describe("a refresh", () => {
  test("shows path and visibility of the last version", async () => {
    await using twilio = play(await PlayedTwilio.start());
    twilio.on(`GET ${functions}/${ZH}/Versions/${ZN}`, {
      status: 200,
      body: { sid: ZN, path: "/hello", visibility: "PUBLIC" },
    });
    await using engine = await Engine.at(twilio);
    const found = await engine.read(token, old);
    expect(found?.inputs).toEqual({ ...inputs, visibility: "public" });
    expect(found?.outputs["versionSid"]).toBe(ZN);
  });

  test("of a version that Twilio dropped leads to an upload", async () => {
    await using twilio = play(await PlayedTwilio.start());
    await using engine = await Engine.at(twilio);
    const found = await engine.read(token, old);
    expect(found?.inputs).toEqual({ serviceSid: ZS, friendlyName: "hello" });
    expect(found && (await engine.diff(token, found, inputs)).detailed).toMatchObject({ content: "ADD" });
  });
});

test("an import has the newest version and its file", async () => {
  await using twilio = play(await PlayedTwilio.start());
  twilio
    .on(`GET ${functions}/${ZH}/Versions`, {
      status: 200,
      body: {
        function_versions: [{ sid: ZN, path: "/hello", visibility: "protected" }],
        meta: { next_page_url: null },
      },
    })
    .on(`GET ${functions}/${ZH}/Versions/${ZN}/Content`, {
      status: 200,
      body: { sid: ZN, content: "exports.a=1" },
    });
  await using engine = await Engine.at(twilio);
  const found = await engine.read(token, { id: `${ZS}/${ZH}` });
  // The state keeps the hash alone.
  const hash = createHash("sha256").update("exports.a=1").digest("hex");
  expect(found?.inputs).toEqual({ ...inputs, content: new Asset({ text: "exports.a=1", hash }) });
  expect(found?.outputs["versionSid"]).toBe(ZN);
});

test("that a kept Build has stays at Twilio where Twilio wants it so, and the stack lets go of it", async () => {
  await using twilio = await PlayedTwilio.start();
  const message = "Cannot delete Function because it's part of an active Deployment.";
  twilio.on(`DELETE ${functions}/${ZH}`, { status: 400, body: { code: 20001, message } });
  await using engine = await Engine.at(twilio, { deletable: ["*"] });
  await engine.delete(token, old);
  expect(twilio.calls).toEqual([`DELETE ${functions}/${ZH}`]);
});
