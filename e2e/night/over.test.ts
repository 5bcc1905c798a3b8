/** A failure that was fixed: who looks afterwards is told that it is over, and not to undo what is undone. */
import { openTwilio, type OpenedTwilio } from "@support-line/local-twilio";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hurtOn } from "../../packages/cli/night/hurt.ts";
import type { NightDeployment, NightStage } from "../../packages/cli/night/night-stage.ts";
import { storyOf } from "../../packages/cli/night/story.ts";
import { line, makeLine, type NightLine } from "./line.ts";

const fine = "exports.handler = (context, event, callback) => callback(null, { ok: true });";
const broken = "exports.handler = () => { throw new TypeError('no field state'); };";

let twilio: OpenedTwilio;
let made: NightLine;
let night: NightStage;
const deployments: NightDeployment[] = [];
const now = () => twilio.twilio.clock.now();

async function deploy(commit: string, orderStatus: string): Promise<void> {
  const buildSid = await made.publisher.deploy({ "/order-status": orderStatus, "/opening-hours": fine });
  deployments.push({ commit, at: now(), buildSids: [buildSid], revisions: { support: 1 } });
  await twilio.pass(60);
}

async function writes(from: string): Promise<void> {
  await twilio.phones.write(from, line, "order");
  await twilio.idle();
  await twilio.pass(60);
}

async function seen(stage: NightStage = night) {
  const { findings } = await hurtOn(stage, now());
  const { verdict } = await storyOf(stage, "last", now());
  return { finding: findings.find(({ text }) => text.includes("order-status")), verdict: verdict.join("\n") };
}

beforeAll(async () => {
  twilio = await openTwilio({ memory: true, clock: "manual", report: () => undefined });
  made = await makeLine(twilio, "over");
  night = { ...made.night, deployments };
  await deploy("1111111aaaa", fine);
  await writes("+15550100250");
  await deploy("2222222bbbb", broken);
  await writes("+15550100251");
});
afterAll(() => twilio.close());

test("a failure that nothing was done about hurts, and names what undoes it", async () => {
  const { finding, verdict } = await seen();
  expect(finding).toMatchObject({ kind: "failing", hurts: true });
  expect(finding?.text).not.toMatch(/not since|nobody was seen/);
  expect(verdict).toMatch(/It began after Build ZB\w+ .* To undo that: npm run stage -- rollback over --yes/);
});

test("after a rollback it is over, and nothing is to be undone", async () => {
  const { finding, verdict } = await seen({ ...night, rolledBack: new Date(now()).toISOString() });
  expect(finding).toMatchObject({ kind: "earlier", hurts: false });
  expect(finding?.text).toMatch(/; not since the rollback at \d\d:\d\d$/);
  expect(verdict).toMatch(/It is over: it has not failed since the rollback at \d\d:\d\d\.$/);
  expect(verdict).not.toContain("To undo that");
});

test("after a deployment it hurts until a customer has come by its widget", async () => {
  await deploy("3333333cccc", fine);
  const before = await seen();
  expect(before.finding).toMatchObject({ kind: "failing", hurts: true });
  expect(before.finding?.text).toMatch(/; nobody was seen there since Build ZB\w+ at .*3333333cc$/);
  expect(before.verdict).not.toContain("To undo that");

  await writes("+15550100252");
  const after = await seen();
  expect(after.finding).toMatchObject({ kind: "earlier", hurts: false });
  expect(after.verdict).toMatch(/It is over: it has not failed since Build ZB\w+ at /);
});
