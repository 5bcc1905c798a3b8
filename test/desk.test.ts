/** What the desk's Flow does when something fails: with the conversations in `e2e/stage-keys`, every way through it is walked. */
import { describe, expect, test } from "vitest";
import { walkedFlow } from "./testing/walked-flow.ts";

const state = (value: string) => ({ state: value, said: "hello", author: "+15550100201", seconds: 60 });

const { conversation, goThrough, text } = walkedFlow("desk", {
  "start-conversation": "Success",
  "check-hours": { open: true, opens: "", seconds: 0 },
  "find-agent": { state: "added", agent: "+15550100101" },
  "check-agent": state("waiting"),
  "replace-agent": { state: "added", agent: "+15550100102" },
  "remove-support-agent": { removed: true },
  "choose-language": { language: "en" },
  "close-conversation": { closed: true },
});

const added = text("agent-added-message");
const nobody = text("no-agent-message");
const closed = text("closed-hours-message");
const moment = text("one-moment-message");
const asked = text("still-waiting-message");
const another = text("agent-replaced-message");
const left = text("agent-removed-message");
const english = text("language-message");
const over = text("conversation-closed-message");
const sorry = text("nobody-answered-message");

describe("the desk's Flow", () => {
  conversation("stays silent until somebody writes one of its words", async ({ customer, functions }) => {
    functions.answers("check-agent", state("answered"));
    await customer.says("hello");
    await customer.says("is anybody there?");
    await customer.hearsNothing();
  });

  conversation("goes on when a Conversation could not be made whole", async ({ customer, functions }) => {
    functions.answers("start-conversation", 500);
    await customer.says("support");
    await customer.hears(added);
  });

  test("makes a Conversation whole of which Twilio tells no index", () => {
    expect(goThrough({ Body: "hello", ConversationSid: "CH1" })).toMatchObject([
      { type: "runFunction", state: "start-conversation" },
    ]);
  });

  conversation(
    "asks for a moment when nobody knows the hours, and asks again",
    async ({ customer, functions, clock }) => {
      functions.answers("check-hours", 429);
      functions.answers("start-conversation", 429);
      await customer.says("support");
      await customer.hears(moment);
      // Ten seconds and a few, by the customer's number: not all ask again at once.
      await clock.passes({ seconds: 15 });
      await customer.hears(moment);
      functions.answers("check-hours", { open: true, opens: "", seconds: 0 });
      // Twice as long the second time.
      await clock.passes({ seconds: 15 });
      await customer.hearsNothing();
      await clock.passes({ seconds: 15 });
      await customer.hears(added);
    },
  );

  conversation(
    "asks again a few times while nobody knows the hours, then says so and ends",
    async ({ customer, functions, clock, carrier }) => {
      functions.answers("check-hours", 500);
      await customer.says("support");
      await clock.passes({ days: 3 });
      await customer.hears(moment, moment, moment, moment, sorry);
      await customer.says("support");
      await clock.passes({ seconds: 90 });
      await customer.hears(moment, moment, moment, moment);
      carrier.refusesNextMessage();
      await clock.passes({ days: 3 });
      await customer.hearsNothing();
    },
  );

  conversation("asks four agents who do not answer, then says so", async ({ customer, clock }) => {
    await customer.says("support");
    await clock.passes({ days: 3 });
    await customer.hears(added, another, another, another, sorry);
  });

  conversation("begins to count again when the customer writes", async ({ customer, functions, clock }) => {
    functions.answers("find-agent", { state: "none" });
    functions.answers("check-agent", state("nobody"));
    await customer.says("support");
    await clock.passes({ hours: 3 });
    await customer.hears(nobody, nobody, nobody, nobody);
    await customer.says("hello?");
    await clock.passes({ hours: 30 });
    await customer.hears(nobody, nobody, nobody, nobody, sorry);
  });

  conversation(
    "who writes during the moment is heard, also a second word",
    async ({ customer, functions }) => {
      functions.answers("find-agent", 429);
      await customer.says("support");
      await customer.hears(moment);
      functions.answers("check-agent", { ...state("nobody"), said: "billing" });
      functions.answers("find-agent", { state: "added", agent: "+15550100103" });
      await customer.says("billing");
      await customer.hears(added);
    },
  );

  conversation(
    "goes on at once when the moment's text does not go out",
    async ({ customer, functions, carrier }) => {
      functions.answers("find-agent", 429);
      carrier.losesNextMessage();
      await customer.says("support");
      await customer.hears(moment);
    },
  );

  conversation(
    "asks the next agent when nobody was told of the first",
    async ({ customer, functions, carrier, clock }) => {
      carrier.losesNextMessage();
      await customer.says("support");
      await customer.hears(another);
      await functions.wasAsked("replace-agent", { line: "support" });
      await clock.passes({ minutes: 6 });
      await customer.hears(another);
      functions.answers("replace-agent", { state: "none" });
      await clock.passes({ minutes: 6 });
      await customer.hears(nobody);
    },
  );

  conversation("says so when the next agent could not be asked", async ({ customer, functions, clock }) => {
    functions.answers("replace-agent", 500);
    await customer.says("support");
    await clock.passes({ minutes: 6 });
    await customer.hears(added, nobody);
    await clock.passes({ hours: 1 });
    await customer.hears(added);
  });

  conversation(
    "asks another when nobody was told of the next agent",
    async ({ customer, carrier, clock }) => {
      await customer.says("support");
      await customer.hears(added);
      carrier.losesNextMessage();
      await clock.passes({ minutes: 5 });
      await customer.hears(another);
    },
  );

  conversation(
    "says to whoever asks again that the agent was asked, and minds the time that is left",
    async ({ customer, clock, carrier }) => {
      await customer.says("support");
      await customer.says("hello?");
      await customer.says("is anybody there?");
      await customer.hears(added, asked, asked);
      await clock.passes({ minutes: 1 });
      await customer.hears(another);
      carrier.losesNextMessage();
      await customer.says("hello?");
      await customer.hears(another);
    },
  );

  conversation(
    "replaces an agent whose time was over when the customer wrote",
    async ({ customer, functions }) => {
      await customer.says("support");
      functions.answers("check-agent", state("silent"));
      await customer.says("hello?");
      await customer.hears(added, another);
    },
  );

  conversation(
    "is done when an agent has answered, or when nobody can tell",
    async ({ customer, functions }) => {
      await customer.says("support");
      functions.answers("check-agent", state("answered"));
      await customer.says("hello");
      await customer.hears(added);
      await customer.says("support");
      functions.answers("check-agent", 500);
      await customer.says("hello");
      await customer.hears(added);
    },
  );

  conversation("has nothing to add when somebody is in already", async ({ customer, functions }) => {
    functions.answers("find-agent", { state: "present", agent: "+15550100101" });
    await customer.says("support");
    await customer.hearsNothing();
  });

  conversation(
    "looks for somebody again when a customer who waits writes, or is called",
    async ({ customer, functions }) => {
      functions.answers("find-agent", { state: "none" });
      await customer.says("support");
      await customer.hears(nobody);
      functions.answers("check-agent", state("nobody"));
      await customer.says("hello?");
      await customer.hears(nobody);
      functions.answers("check-agent", state("given"));
      await customer.says("Somebody is free");
      await customer.hears(added);
    },
  );

  conversation(
    "ends when nobody can be told that nobody is free",
    async ({ customer, functions, carrier }) => {
      functions.answers("find-agent", { state: "none" });
      carrier.losesNextMessage();
      await customer.says("support");
      await customer.hearsNothing();
    },
  );

  conversation(
    "reads what is written while it is closed, and opens by itself",
    async ({ customer, functions, clock }) => {
      functions.answers("check-hours", { open: false, opens: "tomorrow", seconds: 3600 });
      await customer.says("support");
      await customer.hears(closed);
      functions.answers("check-agent", state("nobody"));
      await customer.says("it is urgent");
      await customer.hears(closed);
      functions.answers("check-hours", { open: true, opens: "", seconds: 0 });
      await clock.passes({ hours: 1 });
      await customer.hears(added);
    },
  );

  conversation("ends when nobody can be told that it is closed", async ({ customer, functions, carrier }) => {
    functions.answers("check-hours", { open: false, opens: "tomorrow", seconds: 3600 });
    carrier.losesNextMessage();
    await customer.says("support");
    await customer.hearsNothing();
  });

  conversation("lets an agent go, and tells", async ({ customer, functions, carrier }) => {
    functions.answers("check-agent", state("answered"));
    await customer.says("done");
    await customer.hears(left);
    carrier.refusesNextMessage();
    await customer.says("done");
    functions.answers("remove-support-agent", { removed: false });
    await customer.says("done");
    functions.answers("remove-support-agent", 500);
    await customer.says("done");
    await customer.hearsNothing();
  });

  conversation("speaks the customer's language", async ({ customer, functions, carrier }) => {
    functions.answers("check-agent", state("answered"));
    await customer.says("english");
    await customer.hears(english);
    carrier.refusesNextMessage();
    await customer.says("english");
    functions.answers("choose-language", 500);
    await customer.says("english");
    await customer.hearsNothing();
  });

  conversation("closes, whether or not anybody can be told", async ({ customer, functions, carrier }) => {
    await customer.says("close");
    await customer.hears(over);
    carrier.refusesNextMessage();
    functions.answers("close-conversation", 500);
    await customer.says("close");
    await customer.hearsNothing();
    await functions.wasAsked("close-conversation", { line: "support" });
  });
});
