/** What `why` makes of a line that answers nobody though nothing fails, of one that goes round, and of a message that was lost. */
import { openTwilio, type OpenedTwilio } from "@support-line/local-twilio";
import type { FlowDefinition, State } from "@support-line/studio";
import { afterAll, beforeAll, expect, test } from "vitest";
import { happeningsIn, openReading } from "../../packages/cli/night/happenings.ts";
import type { NightStage } from "../../packages/cli/night/night-stage.ts";
import { storyOf, storyText } from "../../packages/cli/night/story.ts";
import { line, makeLine, type NightLine } from "./line.ts";
import { flowOf } from "./flow.ts";

let twilio: OpenedTwilio;
let made: NightLine;
let night: NightStage;

beforeAll(async () => {
  twilio = await openTwilio({ memory: true, clock: "manual", report: () => undefined });
  made = await makeLine(twilio, "short");
  night = made.night;
  await writes("+15550100250");
});
afterAll(() => twilio.close());

async function writes(from: string): Promise<void> {
  await twilio.phones.write(from, line, "hello");
  await twilio.idle();
  await twilio.pass(60);
}

/** Publishes the Flow with its first split changed, and further widgets. */
async function publish(change: (topic: State) => State, more: readonly State[] = []): Promise<void> {
  const flow: FlowDefinition = flowOf(made.domain, false);
  const states = flow.states.map((each) => (each.name === "topic" ? change(each) : each));
  await made.client.studio.v2.flows(made.flowSid).update({
    status: "published",
    commitMessage: "on a Friday night",
    definition: { ...flow, states: [...states, ...more] },
  });
  await twilio.pass(60);
}

async function why(about: string): Promise<string> {
  return storyText(await storyOf(night, about, twilio.twilio.clock.now()));
}

async function lastExecution(): Promise<string> {
  const executions = await made.client.studio.v2.flows(made.flowSid).executions.list();
  return (
    executions.toSorted((one, other) => one.dateCreated.getTime() - other.dateCreated.getTime()).at(-1)
      ?.sid ?? ""
  );
}

test("a line that answers as it should has nothing more to say", async () => {
  expect(await why(await lastExecution())).toMatch(/\n\nNothing failed: [^\n]+$/);
});

test("a split on a variable that is not there is named, with the revision that runs", async () => {
  await publish((topic) => ({
    ...topic,
    properties: { ...topic.properties, input: "{{trigger.conversation.Bodi}}" },
  }));
  await writes("+15550100251");
  const said = await why(await lastExecution());
  expect(said).toContain("Nothing failed: no widget was left by a failure");
  expect(said).toContain("But widget topic compared nothing: {{trigger.conversation.Bodi}} is empty in");
  expect(said).toMatch(/The line runs revision 2 of line support at \d\d:\d\d \("on a Friday night"\)/);
});

test("rounds are told once, with their number", async () => {
  const again: State = {
    name: "again",
    type: "set-variables",
    properties: { offset: { x: 0, y: 0 }, variables: [{ key: "n", value: "1" }] },
    transitions: [{ event: "next", next: "topic" }],
  };
  const toAgain = (topic: State): State => ({
    ...topic,
    transitions: topic.transitions.map((each) =>
      each.event === "noMatch" ? { ...each, next: again.name } : each,
    ),
  });
  await publish(toAgain, [again]);
  await writes("+15550100252");
  const said = await why("last");
  expect(said).toMatch(/and \d{3} more times again > topic/);
  expect(said.split("\n").length).toBeLessThan(30);
  expect(said).toContain("81000");
});

test("the last failure may be a message that did not arrive", async () => {
  await publish((topic) => topic);
  twilio.twilio.services.carrier.setRules("+15550100253", [
    { from: null, outcome: "undelivered", errorCode: 30005, times: null },
  ]);
  await writes("+15550100253");
  const said = await why("last");
  expect(said).toContain("customer …0253");
  expect(said).toMatch(/did not reach …0253 \(30005\)/);
  expect(said).not.toContain("The stage was deployed last");

  const at = twilio.twilio.clock.now() - 300_000;
  const deployment = { commit: null, at, buildSids: [], revisions: {} };
  const deployments = [deployment, { ...deployment, variables: ["SUPPORT_AGENTS"] }];
  const deployed = { ...night, deployments };
  const story = await storyOf(deployed, "last", twilio.twilio.clock.now());
  const { happenings } = await happeningsIn(openReading(deployed), at, at + 1000);
  expect(happenings.map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/^Variables SUPPORT_AGENTS at \d\d:\d\d$/),
  );
  expect(story.verdict.at(-1)).toMatch(
    /^The stage was deployed last at \d\d:\d\d\. .* npm run stage -- rollback short \(/,
  );
});

test("a server that a new widget asks in vain is laid to the revision that brought the widget", async () => {
  const asks: State = {
    name: "look-up",
    type: "make-http-request",
    properties: {
      offset: { x: 0, y: 0 },
      method: "GET",
      url: "http://127.0.0.1:9/orders",
      content_type: "application/x-www-form-urlencoded;charset=utf-8",
    },
    transitions: [{ event: "success" }, { event: "failed" }],
  };
  const toIt = (topic: State): State => ({
    ...topic,
    transitions: topic.transitions.map((each) =>
      each.event === "noMatch" ? { ...each, next: asks.name } : each,
    ),
  });
  await publish(toIt, [asks]);
  await writes("+15550100254");
  const said = await why("last");
  expect(said).toContain("It broke in widget look-up");
  expect(said).toMatch(/It began after revision 5 of line support at .* To undo that: /);
});
