import type { FlowDefinition, State } from "@support-line/studio";
import { expect, test } from "vitest";
import {
  conversationsOn,
  engineAlone,
  play,
  Coverage,
  type EngineWorldOptions,
  type Script,
} from "./index.ts";

const from = "{{flow.channel.address}}";

function state(
  name: string,
  type: string,
  properties: State["properties"],
  next: Record<string, string>,
): State {
  return {
    name,
    type,
    properties,
    transitions: Object.entries(next).map(([event, to]) => ({ event, next: to })),
  };
}

function flowOf(trigger: string, ...states: State[]): FlowDefinition {
  const first = state("Trigger", "trigger", {}, { [trigger]: states[0]?.name ?? "" });
  return { initial_state: "Trigger", states: [first, ...states] };
}

const orders = flowOf(
  "incomingConversationMessage",
  state(
    "ask",
    "send-and-wait-for-reply",
    { from, body: "Which order?", timeout: "3600" },
    {
      incomingMessage: "find",
      timeout: "too-late",
      deliveryFailure: "",
    },
  ),
  state(
    "find",
    "make-http-request",
    { method: "GET", url: "https://shop.example/orders/{{widgets.ask.inbound.Body}}" },
    { success: "tell", failed: "sorry" },
  ),
  state(
    "tell",
    "send-message",
    { from, body: "It is {{widgets.find.parsed.state}}." },
    { sent: "", failed: "" },
  ),
  state("sorry", "send-message", { from, body: "We cannot find it." }, { sent: "", failed: "" }),
  state("too-late", "send-message", { from, body: "Ask again." }, { sent: "", failed: "" }),
);
const ordersWorld = engineAlone({ flow: "orders", definition: orders });
const conversation = conversationsOn(ordersWorld);

conversation("a server answers", async ({ customer, http }) => {
  http.answers("https://shop.example/orders/", { state: "on its way" });
  await customer.says("hello");
  await customer.hears("Which order?");
  await customer.says("4711");
  await customer.hears("It is on its way.");
  await http.wasAsked("https://shop.example/orders/4711");
});

conversation("a server that is not there", async ({ customer, http }) => {
  http.answers("https://shop.example/", null);
  await customer.says("hello");
  await customer.says("4711");
  await customer.hears("Which order?", /cannot find/);
});

conversation("time passes", async ({ customer, clock }) => {
  await customer.says("hello");
  await clock.passes({ minutes: 59 });
  await customer.hears("Which order?");
  await clock.passes({ minutes: 1 });
  await customer.hears("Ask again.");
});

conversation("a message that Twilio loses, and one that it refuses", async ({ customer, carrier, http }) => {
  carrier.losesNextMessage();
  await customer.says("hello");
  await customer.hearsNothing();
  http.answers("https://", 404);
  await customer.says("hello");
  await customer.hears("Which order?");
  carrier.refusesNextMessage();
  await customer.says("1");
  await customer.hearsNothing();
});

/** What a script that fails says. */
async function failureOf(options: EngineWorldOptions, script: Script): Promise<Error> {
  return play(engineAlone(options), script).then(
    () => expect.fail("the script passes"),
    (error: unknown) => error as Error,
  );
}

test("a failure tells what was said so far, what was expected, and where", async () => {
  const failure = await failureOf({ definition: orders }, async ({ customer, agent }) => {
    await customer.says("hello");
    await agent.hearsNothing();
    await customer.hears("Which color?");
  });
  expect(failure.message).toBe(
    `customer was to hear "Which color?", and heard "Which order?"\n\nSo far, in this process:\n` +
      `  customer  says     hello\n  customer  hears    Which order?\n`,
  );
  expect(failure).toMatchObject({ expected: ["Which color?"], actual: ["Which order?"] });
  expect(failure.stack).toMatch(/^ConversationFailure: .*\n[^]*?\n\s+at .*conversation\.test\.ts/);
});

test("one message too many is a failure as well", async () => {
  const failure = await failureOf({ definition: orders }, async ({ customer }) => {
    await customer.says("hello");
    await customer.hears();
  });
  expect(failure.message).toContain(`customer was to hear nothing, and heard "Which order?"`);
});

test.each([
  ["a server", "find", /The widget find asks https:\/\/shop\.example\/orders\/1, and nothing answers there/],
])("%s that nothing answers for is named", async (_, __, message) => {
  const failure = await failureOf({ definition: orders }, async ({ customer }) => {
    await customer.says("hello");
    await customer.says("1");
  });
  expect(failure.message).toMatch(message);
});

test("a Function that nothing answers for is named; nobody of a name is told", async () => {
  const definition = flowOf(
    "incomingMessage",
    state(
      "look",
      "run-function",
      { url: "https://x-1.twil.io/look-up", parameters: [] },
      { success: "", fail: "" },
    ),
  );
  const missing = await failureOf({ definition }, ({ customer }) => customer.says("hi"));
  expect(missing.message).toContain(`functions.answers("look-up", …)`);
  const nobody = await failureOf({ definition }, async ({ person }) => person("boss").says("hi"));
  expect(nobody.message).toBe("Nobody is called boss here; there are customer, agent.");
});

const hotline = flowOf(
  "incomingCall",
  state(
    "menu",
    "gather-input-on-call",
    { say: "One for sales", timeout: 5, number_of_digits: 1 },
    {
      keypress: "sales",
      speech: "voicemail",
      timeout: "bye",
    },
  ),
  state(
    "sales",
    "connect-call-to",
    { noun: "number", to: "+15550100101" },
    { callCompleted: "how", hangup: "" },
  ),
  state("how", "say-play", { say: "{{widgets.sales.DialCallStatus}}" }, { audioComplete: "" }),
  state("bye", "say-play", { say: "Good bye" }, { audioComplete: "" }),
  state(
    "voicemail",
    "record-voicemail",
    { finish_on_key: "#" },
    { recordingComplete: "thanks", noAudio: "bye", hangup: "" },
  ),
  state("thanks", "say-play", { say: "Got: {{widgets.voicemail.TranscriptionText}}" }, { audioComplete: "" }),
);
const call = conversationsOn(engineAlone({ flow: "hotline", definition: hotline }));

call("keys, and somebody who picks up", async ({ customer, agent }) => {
  await customer.calls();
  await customer.hears("One for sales");
  await customer.presses("1");
  await agent.picksUp();
  await agent.speaks("Sales, hello");
  await customer.hears("Sales, hello");
  await agent.hangsUp();
  await customer.hears("completed");
});

call("somebody who declines, and somebody who does not answer", async ({ customer, agent, clock }) => {
  await customer.calls();
  await customer.presses("1");
  await agent.declines();
  await customer.hears("One for sales", "busy");
  await customer.calls();
  await customer.presses("1");
  await clock.passes({ seconds: 30 });
  await customer.hears("One for sales", "no-answer");
});

call("words, a voicemail, silence", async ({ customer, clock }) => {
  await customer.calls();
  await customer.speaks("billing");
  await customer.speaks("Call me");
  await customer.presses("#");
  await customer.hears("One for sales", "Got: Call me");
  await customer.calls();
  await customer.speaks("billing");
  await clock.passes({ seconds: 5 });
  await customer.hears("One for sales", "Good bye");
  await customer.calls();
  await clock.passes({ seconds: 5 });
  await customer.hears("One for sales", "Good bye");
});

call("hanging up", async ({ customer, agent }) => {
  await customer.calls();
  await customer.presses("1");
  await customer.hangsUp();
  await expect(agent.picksUp()).rejects.toThrow("No phone of agent rings");
  await expect(customer.presses("1")).rejects.toThrow("customer is on no call");
  await customer.calls();
  await customer.speaks("billing");
  await customer.hangsUp();
});

test("what was walked is counted, and told apart from what cannot be", async () => {
  const total = new Coverage("orders", orders);
  await play(
    ordersWorld,
    async ({ customer }) => {
      await customer.says("hello");
    },
    (coverage) => total.add(coverage.counts()),
  );
  const { widgets, transitions, missed } = total.summary();
  expect([widgets, transitions]).toEqual([
    { reached: 2, of: 6 },
    { reached: 1, of: 12 },
  ]);
  expect(missed.widgets.map(({ widget }) => widget)).toEqual(["find", "tell", "sorry", "too-late"]);
});
