/** Customers who were handed over to Flex: whose Task is over, nobody looks after, and `status` says so. */
import { openTwilio, type OpenedTwilio } from "@support-line/local-twilio";
import type { Twilio } from "twilio";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { hurtOn } from "../../packages/cli/night/hurt.ts";
import type { NightStage } from "../../packages/cli/night/night-stage.ts";
import { storyOf } from "../../packages/cli/night/story.ts";
import { line, makeLine } from "./line.ts";

let twilio: OpenedTwilio;
let client: Twilio;
let night: NightStage;
let workspace: ReturnType<Twilio["taskrouter"]["v1"]["workspaces"]>;
let conversations: ReturnType<Twilio["conversations"]["v1"]["services"]>["conversations"];
let customers = 0;

beforeAll(async () => {
  twilio = await openTwilio({ memory: true, clock: "manual", report: () => undefined });
  const made = await makeLine(twilio, "night");
  client = made.client;
  conversations = client.conversations.v1.services(made.conversationsServiceSid).conversations;
  const { sid } = await client.taskrouter.v1.workspaces.create({ friendlyName: "night" });
  workspace = client.taskrouter.v1.workspaces(sid);
  const queue = await workspace.taskQueues.create({ friendlyName: "everybody", targetWorkers: "1==1" });
  await workspace.workflows.create({
    friendlyName: "everybody",
    configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
  });
  night = {
    ...made.night,
    functions: [],
    flex: { workspaceSid: sid, keepsCompleted: false },
    setsTimers: true,
  };
});
afterAll(() => twilio.close());
beforeEach(async () => {
  for (const { sid } of await conversations.list()) await conversations(sid).remove();
});

/** A customer at Flex, and the Task that somebody is to take. */
async function handOver() {
  customers += 1;
  const address = `+1555010${String(400 + customers).padStart(4, "0")}`;
  const conversation = await conversations.create({
    attributes: JSON.stringify({ flex: { line: "support", invitedAgain: 0 } }),
    // What `leave-to-flex` sets: a Conversation with timers is as stuck as one without.
    "timers.closed": "P1D",
  });
  await conversations(conversation.sid).participants.create({
    "messagingBinding.address": address,
    "messagingBinding.proxyAddress": line,
  });
  const task = await workspace.tasks.create({
    attributes: JSON.stringify({ conversationSid: conversation.sid, customerAddress: address }),
  });
  return { conversation, task: workspace.tasks(task.sid), lastFour: address.slice(-4) };
}
const found = async (of: NightStage = night) =>
  (await hurtOn(of, twilio.twilio.clock.now())).findings.filter(({ kind }) => kind === "stuck");

test("a Task that waits is no trouble", async () => {
  await handOver();
  await twilio.pass(3600);
  expect(await found()).toEqual([]);
});

test("a canceled Task leaves its Conversation stuck: status says whose, why tells the way out", async () => {
  const { conversation, task, lastFour } = await handOver();
  await twilio.pass(3600);
  await task.update({ assignmentStatus: "canceled", reason: "nobody there" });
  await twilio.pass(60);
  // What follows from a Task's end takes a moment: TaskRouter keeps it for five minutes.
  expect(await found()).toEqual([]);
  await twilio.pass(3600);
  expect(await found()).toEqual([
    {
      kind: "stuck",
      hurts: true,
      text: `Customer …${lastFour} is stuck: its Task in Flex is over, and there is no other`,
      next: `npm run stage -- why night ${conversation.sid}`,
    },
  ]);
  const { verdict } = await storyOf(night, conversation.sid, twilio.twilio.clock.now());
  expect(verdict.join("\n")).toContain("nobody in Flex reads what the customer writes");
  expect(verdict.join("\n")).toContain(
    `npm run stage -- open night --line support --conversation ${conversation.sid}`,
  );
});

test("another live Task, and the customer is looked after", async () => {
  const { conversation, task } = await handOver();
  await task.update({ assignmentStatus: "canceled", reason: "nobody there" });
  await workspace.tasks.create({ attributes: JSON.stringify({ conversationSid: conversation.sid }) });
  await twilio.pass(3600);
  expect(await found()).toEqual([]);
});

test("a stage that keeps what is completed means it to stay open", async () => {
  const { task } = await handOver();
  await task.remove();
  await twilio.pass(3600);
  expect(await found()).toHaveLength(1);
  const flex = { workspaceSid: night.flex?.workspaceSid ?? "", keepsCompleted: true };
  expect(await found({ ...night, flex })).toEqual([]);
});
