/** Somebody who knows nothing of the line is woken at the end of a day, and finds each of ten faults by what is printed. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { happeningsIn, happeningText, openReading } from "../../packages/cli/night/happenings.ts";
import { hurtOn, hurtText } from "../../packages/cli/night/hurt.ts";
import { storyOf, storyText } from "../../packages/cli/night/story.ts";
import { follow } from "../../packages/cli/stage/logs.ts";
import { playDay, type Day } from "./day.ts";

let day: Day;
let status: string;
beforeAll(async () => {
  day = await playDay(22);
  status = hurtText(await hurtOn(day.night, day.now));
});
afterAll(() => day[Symbol.asyncDispose]());

/** Types what `status` says comes next after the first line that is about something. */
async function next(about: RegExp): Promise<string> {
  const lines = status.split("\n");
  const at = lines.findIndex((each) => about.test(each));
  expect(at, `no line of status is about ${String(about)}:\n${status}`).toBeGreaterThan(0);
  const [, what = ""] = /next: npm run stage -- why day (\S+)/.exec(lines[at + 1] ?? "") ?? [];
  return storyText(await storyOf(day.night, what, day.now));
}

describe("ten faults, each found with status and the command that it names", () => {
  test("a Function that throws: what it said, since which deployment, and what undoes it", async () => {
    const said = await next(/widget order-status/);
    expect(said).toContain("It broke in widget order-status at ");
    expect(said).toContain("the shop's list has no field 'state'");
    expect(said).toMatch(/It began after Build ZB\w+ at \d\d:01, commit 2222222bb\./);
    expect(said).toContain("npm run stage -- rollback day --to 1111111aa --yes");
  });

  test("a Function that is gone from the Build", async () => {
    const said = await next(/Function \/opening-hours.* is not in the Build that answers/);
    expect(said).toMatch(/Function \/opening-hours is gone: the Build that answers \(ZB\w+, deployed at/);
    expect(said).toContain("npm run stage -- rollback day --yes");
  });

  test("a phone that is out of reach", async () => {
    const said = await next(/30003/);
    expect(said).toMatch(/did not reach …0230 \(30003\)\. It is a number: The receiver's phone is off/);
  });

  test("a customer who wrote STOP", async () => {
    const said = await next(/21610/);
    expect(said).toMatch(/did not reach …0231 \(21610\)\. It is a number: The receiver wrote STOP/);
    expect(said).toContain('…0231 wrote "STOP"');
  });

  test("a Split that nothing matches, saved in Studio's editor", async () => {
    const said = await next(/81005/);
    expect(said).toContain("It is the Flow: No branch of a Split widget matched");
    expect(said).toMatch(/It began after revision 2 of line support at \d\d:00 \("new menu"\)\./);
    expect(said).toContain("npx pulumi up -s day");
  });

  test("a template that cannot be rendered", async () => {
    const said = await next(/81018/);
    expect(said).toContain("It broke in widget greeting at ");
    expect(said).toMatch(/It began after revision 2 of line support/);
  });

  test("a Flow that goes round", async () => {
    const said = await next(/81001/);
    expect(said).toContain("It is the Flow: The Flow went round in one widget, and was ended.");
  });

  test("a server that a widget asks, which no deployment broke", async () => {
    const said = await next(/81016/);
    expect(said).toContain("It is a webhook: The server that a Make HTTP Request widget asked failed.");
    expect(said).toContain("No deployment of the last day brought it in.");
  });

  test("a customer who waits, for whom and since when", async () => {
    const said = await next(/waiting +Customer …0240/);
    expect(said).toMatch(/The customer waits for somebody of queue billing since \d\d:03 \(25 min\)/);
  });

  test("a Conversation that is stuck", async () => {
    const said = await next(/stuck +Customer …0241/);
    expect(said).toContain("it has no agent, no timers that end it, and no Execution that answers");
    expect(said).toContain("npm run stage -- open day --line support --conversation CH");
  });
});

test("status says first that somebody is hurt, and nothing else is found", () => {
  const lines = status.split("\n");
  expect(lines[0]).toBe("Somebody is being hurt, in 11 ways:");
  expect(status).toMatch(/line support: 63 Executions in the last day/);
  expect(status).toMatch(/changed last: Build ZB\w+ at \d\d:01, commit 3333333cc; \d+ failures since then/);
});

test("nothing that is printed has anybody's whole number", async () => {
  const { happenings } = await happeningsIn(openReading(day.night), day.now - 86_400_000, day.now);
  const stories = await Promise.all([next(/21610/), next(/stuck/), next(/order-status/)]);
  const all = [status, ...stories, ...happenings.map((each) => JSON.stringify(each))].join("\n");
  expect(all).not.toMatch(/\+?1?5550100(2|3)\d\d/);
});

test("logs: one customer's Executions, by the last four digits, and what failed in them", async () => {
  const reading = openReading(day.night, { customer: "0231" });
  const { happenings } = await happeningsIn(reading, day.now - 7200_000, day.now);
  const executions = happenings.filter(({ kind }) => kind === "execution");
  expect(executions.length).toBeGreaterThan(0);
  expect(new Set(executions.map(({ customer }) => customer))).toEqual(new Set(["…0231"]));
});

test("logs: what failed, with the way that it took, its meaning and the deployment in between", async () => {
  const { happenings } = await happeningsIn(
    openReading(day.night, { failed: true }),
    day.now - 86_400_000,
    day.now,
  );
  const text = happenings.map(happeningText).join("\n");
  expect(text).toMatch(/line support, …\d{4}, FN\w+: Trigger > topic > order-status > sorry; failed/);
  expect(text).toMatch(/published +revision 2 of line support at \d\d:00 \("new menu"\)/);
  expect(text).toMatch(/81016, a webhook\. The server .* \(The request of price-list failed with 503\)/);
});

test("following a quiet stage asks Twilio at most six times a minute", async () => {
  let now = day.now + 3600_000;
  const begins = now;
  const before = { calls: 0 };
  let turns = 0;
  await follow(openReading(day.night), now - 60_000, {
    say: () => undefined,
    gap: () => undefined,
    now: () => now,
    wait: (milliseconds) => {
      // The first reading is no part of following.
      if (turns === 0) before.calls = day.calls();
      turns += 1;
      now += milliseconds;
      return Promise.resolve();
    },
    goesOn: () => now - begins < 600_000,
  });
  expect(turns).toBeGreaterThan(10);
  expect(day.calls() - before.calls).toBeLessThanOrEqual(60);
});
