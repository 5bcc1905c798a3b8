/** Every way through the Flow of a line with Flex, failures included. */
import { Coverage, engineAlone, play, type Script } from "@support-line/conversation-test";
import { reportOf } from "@support-line/conversation-test/coverage";
import { advance, type EngineEvent, type FlowDefinition } from "@support-line/studio";
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";

const definition = JSON.parse(readFileSync(new URL("flex.json", import.meta.url), "utf8")) as FlowDefinition;
const walked = new Coverage("flex", definition);

const moment = "One moment, an agent will be with you.";
const passedOn = "The agents have your message.";
const closed = 'We are closed now and back tomorrow. Write "support" again then.';
const nobody = 'No support agent could be reached. Write "support" to try again.';
const english = "We write English from now on.";

const world = engineAlone({
  flow: "flex",
  definition,
  functions: {
    "start-conversation": "Success",
    "check-hours": { open: true, opens: "", seconds: 0 },
    "leave-to-flex": { left: 2 },
    "choose-language": { language: "en" },
  },
});
const conversation = (name: string, script: Script) =>
  test(name, async ({ task }) => {
    await play(world, script, (coverage) => {
      walked.add(coverage.counts());
      // For the table at the end of the tests.
      (task.meta.flowCoverage ??= []).push(reportOf(coverage));
    });
  });

describe("the Flow of a line with Flex", () => {
  conversation("stays silent until somebody writes its word", async ({ customer, functions }) => {
    await customer.says("hello");
    await functions.wasAsked("start-conversation", { line: "support" });
    functions.answers("start-conversation", 500);
    await customer.says("is anybody there?");
    await customer.hearsNothing();
  });

  conversation("goes on when a Conversation could not be made whole", async ({ customer, functions }) => {
    functions.answers("start-conversation", 500);
    await customer.says("hello");
    await customer.says("support");
    await customer.hears(moment);
  });

  conversation("hands over, and leaves the Conversation to Flex", async ({ customer, functions }) => {
    await customer.says("support");
    await customer.hears(moment);
    await functions.wasAsked("leave-to-flex", { line: "support" });
  });

  conversation(
    "hands over without its text, and when nobody knows the hours",
    async ({ customer, functions, carrier }) => {
      functions.answers("check-hours", 500);
      carrier.refusesNextMessage();
      await customer.says("support");
      await customer.hearsNothing();
      await functions.wasAsked("leave-to-flex", { line: "support" });
    },
  );

  conversation(
    "asks again until it has left, also when the customer writes meanwhile",
    async ({ customer, functions, clock, carrier }) => {
      functions.answers("leave-to-flex", 429);
      await customer.says("support");
      await customer.hears(moment, passedOn);
      await clock.passes({ minutes: 1 });
      await customer.hears(passedOn);
      await customer.says("hello?");
      await customer.hears(passedOn);
      carrier.losesNextMessage();
      await customer.says("hello?");
      await customer.hearsNothing();
    },
  );

  conversation("says when somebody is back", async ({ customer, functions, carrier }) => {
    functions.answers("check-hours", { open: false, opens: "tomorrow", seconds: 3600 });
    await customer.says("support");
    await customer.hears(closed);
    carrier.refusesNextMessage();
    await customer.says("support");
    await customer.hearsNothing();
  });

  conversation("speaks the customer's language", async ({ customer, functions, carrier }) => {
    await customer.says("english");
    await customer.hears(english);
    carrier.refusesNextMessage();
    await customer.says("english");
    functions.answers("choose-language", 500);
    await customer.says("english");
    await customer.hearsNothing();
  });

  /** Goes through the Flow by events, for what no phone brings about. */
  function goThrough(trigger: object, ...events: EngineEvent[]) {
    const start = {
      executionSid: "FN1",
      flowSid: "FW1",
      channelAddress: "CH1",
      contactAddress: "+15550100201",
      trigger: { conversation: trigger as Record<string, string> },
    };
    const coverage = new Coverage("flex", definition);
    const first = { type: "started", trigger: "incomingConversationMessage", start } as const;
    let turn = advance(definition, null, first, { now: 0 });
    coverage.take(turn.trace);
    for (const event of events) {
      const [id = ""] = turn.effects.flatMap((effect) => ("id" in effect ? [effect.id] : []));
      turn = advance(definition, turn.execution, { ...event, id } as EngineEvent, {
        now: 0,
      });
      coverage.take(turn.trace);
    }
    walked.add(coverage.counts());
    return { coverage, effects: turn.effects };
  }

  test("makes a Conversation whole of which Twilio tells no index", ({ task }) => {
    const { coverage, effects } = goThrough({ Body: "hello", ConversationSid: "CH1" });
    task.meta.flowCoverage = [reportOf(coverage)];
    expect(effects).toMatchObject([{ type: "runFunction", state: "start-conversation" }]);
  });

  const message = { ConversationSid: "CH1", Body: "support", Index: "1" };
  const open = { status: 200, contentType: "application/json", body: '{"open":true}', headers: {} };
  const answered = { type: "answered", id: "", response: open } as const;
  const sent = { type: "messageSent", id: "", message: {} } as const;

  test.each(["failedToEnqueue", "callFailure"] as const)("says so when Flex says %s", (outcome) => {
    const refused = { type: "handedOver", id: "", outcome, variables: {}, reason: "gone" } as const;
    const { effects } = goThrough(message, answered, sent, refused);
    expect(effects).toContainEqual(expect.objectContaining({ type: "sendMessage", body: nobody }));
    goThrough(message, answered, sent, refused, sent);
    goThrough(message, answered, sent, refused, {
      type: "messageFailed",
      id: "",
      error: { code: 30008, message: "" },
    });
  });
});

afterAll(() => {
  const { widgets, transitions } = walked.summary().missed;
  expect([...widgets, ...transitions.map(({ widget, words }) => `${widget}: ${words}`)]).toEqual([]);
});
