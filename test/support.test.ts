/** What the support Flow promises, widget by widget: every way through it is walked here. */
import { describe, expect, test } from "vitest";
import { walkedFlow } from "./testing/walked-flow.ts";

const { conversation, goThrough, text } = walkedFlow("support", {
  "start-conversation": "Success",
  "add-support-agent": ({ conversation }) => {
    conversation.add("agent");
    return "Success";
  },
  "remove-support-agent": ({ conversation }) => ({ removed: conversation.remove("agent") }),
});

const added = text("support-confirmation-message");
const nobody = text("no-agent-message");
const left = text("agent-removed-message");

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

  test("makes a Conversation whole of which Twilio tells no index", () => {
    expect(goThrough({ Body: "hello", ConversationSid: "CH1" })).toMatchObject([
      { type: "runFunction", state: "start-conversation" },
    ]);
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
