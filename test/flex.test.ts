/** Every way through the Flow of a line with Flex, failures included. */
import { describe, expect, test } from "vitest";
import { walkedFlow } from "./testing/walked-flow.ts";

const { conversation, goThrough, text } = walkedFlow("flex", {
  "start-conversation": "Success",
  "check-hours": { open: true, opens: "", seconds: 0 },
  "leave-to-flex": { left: 2 },
  "choose-language": { language: "en" },
});

const moment = text("to-flex-message");
const passedOn = text("passed-on-message");
const closed = text("closed-hours-message");
const nobody = text("no-agent-message");
const busy = text("nobody-answered-message");
const english = text("language-message");

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

  conversation(
    "asks a few times to leave, then says how it stands and ends",
    async ({ customer, functions, clock }) => {
      functions.answers("leave-to-flex", 500);
      await customer.says("support");
      await clock.passes({ days: 3 });
      await customer.hears(moment, passedOn, passedOn, passedOn, busy);
    },
  );

  // Not in the Conversation above: while its Interaction is open, nobody hands it over again (45353).
  conversation(
    "ends all the same when how it stands cannot be told",
    async ({ customer, functions, clock, carrier }) => {
      functions.answers("leave-to-flex", 500);
      await customer.says("support");
      await clock.passes({ seconds: 150 });
      await customer.hears(moment, passedOn, passedOn, passedOn);
      carrier.refusesNextMessage();
      await clock.passes({ days: 3 });
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

  test("makes a Conversation whole of which Twilio tells no index", () => {
    expect(goThrough({ Body: "hello", ConversationSid: "CH1" })).toMatchObject([
      { type: "runFunction", state: "start-conversation" },
    ]);
  });

  const message = { ConversationSid: "CH1", Body: "support", Index: "1" };
  const open = { status: 200, contentType: "application/json", body: '{"open":true}', headers: {} };
  const answered = { type: "answered", id: "", response: open } as const;
  const sent = { type: "messageSent", id: "", message: {} } as const;

  test.each(["failedToEnqueue", "callFailure"] as const)("says so when Flex says %s", (outcome) => {
    const refused = { type: "handedOver", id: "", outcome, variables: {}, reason: "gone" } as const;
    const effects = goThrough(message, answered, sent, refused);
    expect(effects).toContainEqual(expect.objectContaining({ type: "sendMessage", body: nobody }));
    goThrough(message, answered, sent, refused, sent);
    goThrough(message, answered, sent, refused, {
      type: "messageFailed",
      id: "",
      error: { code: 30008, message: "" },
    });
  });
});
