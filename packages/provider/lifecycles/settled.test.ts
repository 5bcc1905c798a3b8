import { expect, test } from "vitest";
import { Engine } from "../testing/engine.ts";
import { PlayedTwilio, type PlayedAnswer } from "../testing/played-twilio.ts";

const token = "twilio:serverless:Variable";
const [ZS, ZE, ZV] = ["ZS", "ZE", "ZV"].map((prefix) => prefix + "1".repeat(32)) as [string, string, string];
const call = `GET serverless.twilio.com/v1/Services/${ZS}/Environments/${ZE}/Variables/${ZV}`;
const inputs = { serviceSid: ZS, environmentSid: ZE, key: "AGENTS", value: "new" };
const shown = (value: string, date: string): PlayedAnswer => ({
  status: 200,
  body: { sid: ZV, key: "AGENTS", value, date_updated: date },
});
const gone: PlayedAnswer = { status: 404, body: { code: 20404, message: "not found" } };
const known = (date: string) => ({
  id: ZV,
  inputs,
  outputs: { ...inputs, sid: ZV, dateCreated: "2026-01-01T00:00:00Z", dateUpdated: date },
});

/** As patient as it takes on a busy machine: Twilio settles at the third read. */
const patient = { policy: { attempts: 4, firstWaitMs: 1, longestWaitMs: 5, settleMs: 10_000 } };

test("a read that shows what was before the last write is read again", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on(call, (_, times) =>
    times < 3 ? shown("old", "2026-01-01T00:00:00Z") : shown("new", "2026-01-02T00:00:00Z"),
  );
  await using engine = await Engine.at(twilio, {}, patient);
  const found = await engine.read(token, known("2026-01-02T00:00:00Z"));
  expect(found?.inputs["value"]).toBe("new");
  expect(twilio.calls).toHaveLength(3);
});

test("what was made a moment ago is not gone because a read says so once", async () => {
  await using twilio = await PlayedTwilio.start();
  const now = new Date().toISOString();
  twilio.on(call, (_, times) => (times < 3 ? gone : shown("new", now)));
  await using engine = await Engine.at(twilio, {}, patient);
  expect(await engine.read(token, known(now))).toBeDefined();
});

test("an undisturbed read is one, and what was made long ago and is gone is gone at once", async () => {
  await using twilio = await PlayedTwilio.start();
  await using engine = await Engine.at(twilio);
  twilio.on(call, shown("edited", "2026-01-03T00:00:00Z"));
  expect((await engine.read(token, known("2026-01-02T00:00:00Z")))?.inputs["value"]).toBe("edited");
  twilio.on(call, gone);
  expect(await engine.read(token, known("2026-01-02T00:00:00Z"))).toBeUndefined();
  expect(twilio.calls).toHaveLength(2);
});
