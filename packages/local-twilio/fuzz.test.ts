/** A seeded selection of `npm run bench -- fuzz`: requests over every product, valid and not, leave the local Twilio as it was. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { NotPlayed } from "./http/not-played.ts";
import { openTwilio, type OpenedTwilio } from "./index.ts";
import { Fuzz, runFuzz } from "./testing/fuzz.ts";

let twilio: OpenedTwilio;
const problems: unknown[] = [];
beforeEach(async () => {
  twilio = await openTwilio({
    memory: true,
    report: (error) => {
      if (!(error instanceof NotPlayed)) problems.push(error);
    },
  });
});
afterEach(() => twilio.close());

const seed = 20_261_201;
const count = 3_000;

test("every request is answered, none with 500", { timeout: 300_000 }, async () => {
  const endpoint = await twilio.listen();
  const { statuses, faults } = await runFuzz(endpoint, new Fuzz(seed, twilio), count, 120_000);
  expect(faults).toEqual([]);
  expect(problems).toEqual([]);
  // What was wrong was refused, and what was right was done.
  expect(Object.keys(statuses)).toEqual(
    expect.arrayContaining(["200", "201", "204", "400", "401", "404", "409"]),
  );
  expect((statuses[200] ?? 0) + (statuses[201] ?? 0)).toBeGreaterThan(count / 5);
  // And it goes on: somebody writes to a number, and it is kept.
  await twilio.idle();
  const messages = `api.twilio.com/2010-04-01/Accounts/${twilio.accountSid}/Messages.json`;
  twilio.seed({ numbers: [{ phoneNumber: "+15550100009" }] });
  await twilio.phones.write("+15550100299", "+15550100009", "hello");
  const { text } = await twilio.request({ method: "GET", url: `${messages}?To=%2B15550100009` });
  expect(text).toContain('"body":"hello"');
});
