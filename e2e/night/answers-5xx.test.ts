/** A Function that answers 503 of its own accord, as one does whose own server is away: it neither throws nor logs an error. */
import { openTwilio, type OpenedTwilio } from "@support-line/local-twilio";
import { afterAll, beforeAll, expect, test } from "vitest";
import { happeningsIn, happeningText, openReading } from "../../packages/cli/night/happenings.ts";
import { hurtOn } from "../../packages/cli/night/hurt.ts";
import type { NightStage } from "../../packages/cli/night/night-stage.ts";
import { storyOf, storyText } from "../../packages/cli/night/story.ts";
import { line, makeLine } from "./line.ts";

const customer = "+15550100250";
const away = `exports.handler = (context, event, callback) => {
  const response = new Twilio.Response();
  response.setStatusCode(503);
  response.setBody("the shop is away");
  callback(null, response);
};`;

let twilio: OpenedTwilio;
let night: NightStage;
beforeAll(async () => {
  twilio = await openTwilio({ memory: true, clock: "manual", report: () => undefined });
  const made = await makeLine(twilio, "night");
  await made.publisher.deploy({ "/order-status": away, "/opening-hours": away });
  await twilio.phones.write(customer, line, "order");
  await twilio.idle();
  await twilio.pass(60);
  night = made.night;
});
afterAll(() => twilio.close());

test("logs: the widget that it failed in, with Twilio's code, what that means, and the way that the Flow took", async () => {
  const now = twilio.twilio.clock.now();
  const reading = openReading(night, { failed: true });
  const { happenings } = await happeningsIn(reading, now - 3600_000, now);
  const text = happenings.map(happeningText).join("\n");
  expect(text).toMatch(/line support, …0250, FN\w+: Trigger > topic > order-status > sorry; failed/);
  expect(text).toMatch(/81017, a Function\. A Function that the Flow runs failed/);
  expect(text).toContain("503");
});

test("why: it is the Function, by its path, and what status it answered", async () => {
  const said = storyText(await storyOf(night, "last", twilio.twilio.clock.now()));
  expect(said).toMatch(/It broke in widget order-status at \d\d:\d\d \(81017/);
  expect(said).toContain("It is a Function, /order-status: ");
  expect(said).toContain("503");
});

test("status: somebody is hurt, and the next command is why", async () => {
  const { findings } = await hurtOn(night, twilio.twilio.clock.now());
  expect(findings).toMatchObject([
    { kind: "failing", hurts: true, text: expect.stringContaining("81017 in widget order-status") as string },
  ]);
});
