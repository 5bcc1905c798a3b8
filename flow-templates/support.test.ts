/** What the support Flow promises, widget by widget: every way through it is walked here. */
import { Coverage, engineAlone, play, type Script } from "@support-line/conversation-test";
import { reportOf } from "@support-line/conversation-test/coverage";
import { advance, type FlowDefinition } from "@support-line/studio";
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";

const definition = JSON.parse(
  readFileSync(new URL("support.json", import.meta.url), "utf8"),
) as FlowDefinition;
const walked = new Coverage("support", definition);

const added = "Added support agent";
const nobody = 'No support agent could be reached. Write "support" to try again.';
const left = "The support agent has left the conversation.";

const world = engineAlone({
  flow: "support",
  definition,
  functions: {
    "start-conversation": "Success",
    "add-support-agent": ({ conversation }) => {
      conversation.add("agent");
      return "Success";
    },
    "remove-support-agent": ({ conversation }) => ({ removed: conversation.remove("agent") }),
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

describe("the support Flow", () => {
  conversation(
    "stays silent until somebody writes its word, and makes each new Conversation whole",
    async ({ customer, functions }) => {
      await customer.says("hello");
      await functions.wasAsked("start-conversation", { line: "support" });
      await customer.says("is anybody there?");
      await customer.hearsNothing();
    },
  );

  conversation(
    "brings the agent when the customer writes support, in any letters",
    async ({ customer, everyone }) => {
      await customer.says(" Support");
      await everyone.hears(added);
    },
  );

  conversation("lets the agent go who writes done, and tells the customer", async ({ customer, agent }) => {
    await customer.says("support");
    await agent.hears(added);
    await agent.says("Done");
    await customer.hears(added, "Done", left);
  });

  conversation("takes a customer's done for what it is, a word", async ({ customer }) => {
    await customer.says("done");
    await customer.hearsNothing();
  });

  conversation("says so when nobody can be reached", async ({ customer, functions }) => {
    functions.answers("add-support-agent", 500);
    await customer.says("support");
    await customer.hears(nobody);
  });

  conversation("goes on when an agent could not be removed", async ({ customer, functions }) => {
    await customer.says("hello");
    functions.answers("remove-support-agent", 500);
    await customer.says("done");
    await customer.hearsNothing();
  });

  conversation("goes on when a Conversation could not be made whole", async ({ customer, functions }) => {
    functions.answers("start-conversation", 500);
    await customer.says("hello");
    functions.answers("start-conversation", "Success");
    await customer.says("support");
    await customer.hears(added);
  });

  test("makes a Conversation whole of which Twilio tells no index", ({ task }) => {
    const start = {
      executionSid: "FN1",
      flowSid: "FW1",
      channelAddress: "+15550100001",
      contactAddress: "+15550100201",
      trigger: { conversation: { Body: "hello", ConversationSid: "CH1" } },
    };
    const event = { type: "started", trigger: "incomingConversationMessage", start } as const;
    const { trace, effects } = advance(definition, null, event, { now: 0 });
    const coverage = new Coverage("support", definition);
    coverage.take(trace);
    walked.add(coverage.counts());
    task.meta.flowCoverage = [reportOf(coverage)];
    expect(effects).toMatchObject([{ type: "runFunction", state: "start-conversation" }]);
  });

  conversation("ends quietly when its confirmation does not go out", async ({ customer, carrier }) => {
    carrier.refusesNextMessage();
    await customer.says("support");
    await customer.hearsNothing();
  });

  conversation("ends quietly when its apology does not go out", async ({ customer, functions, carrier }) => {
    functions.answers("add-support-agent", null);
    carrier.refusesNextMessage();
    await customer.says("support");
    await customer.hearsNothing();
  });

  conversation("ends quietly when its farewell does not go out", async ({ customer, agent, carrier }) => {
    await customer.says("support");
    await agent.hears(added);
    carrier.refusesNextMessage();
    await agent.says("done");
    await customer.hears(added, "done");
  });
});

afterAll(() => {
  const { widgets, transitions } = walked.summary().missed;
  expect([...widgets, ...transitions]).toEqual([]);
});
