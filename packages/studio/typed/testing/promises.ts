/** What must not compile, each beside what does. The compiler itself fails this file when one of them compiles. */
import { flow, other, part } from "../index.ts";

const ends = { event: "sent" } as const;
const trigger = (next: "hello") =>
  ({ type: "trigger", transitions: [{ event: "incomingMessage", next }] }) as const;

export const sound = flow({
  description: "All is well",
  initial_state: "Trigger",
  flags: { allow_concurrent_calls: true },
  states: {
    Trigger: trigger("hello"),
    hello: {
      type: "send-message",
      properties: { body: "Hello", offset: { x: 1, y: 2 } },
      transitions: [
        { event: "sent", next: "which" },
        { event: "failed", next: null },
      ],
    },
    which: {
      type: "split-based-on",
      properties: { input: "{{trigger.message.Body}}" },
      transitions: [
        { event: "noMatch", next: "new" },
        {
          event: "match",
          next: "hello",
          conditions: [{ friendly_name: "A", arguments: ["{{x}}"], type: "equal_to", value: "a" }],
        },
      ],
    },
    new: other({ type: "of-tomorrow", properties: { x: 1 }, transitions: [{ event: "any", next: "hello" }] }),
  },
});

flow({
  // @ts-expect-error the first widget is not there
  initial_state: "Start",
  states: { hello: { type: "send-message", properties: {}, transitions: [ends] } },
});

flow({
  initial_state: "hello",
  states: {
    hello: {
      type: "send-message",
      properties: {},
      // @ts-expect-error a transition to a widget that is not there
      transitions: [{ event: "sent", next: "gone" }],
    },
  },
});

flow({
  initial_state: "new",
  states: {
    // @ts-expect-error neither may a widget that nobody knows lead to one that is not there
    new: other({ type: "of-tomorrow", transitions: [{ event: "any", next: "gone" }] }),
  },
});

// One whose transitions all end names no widget.
flow({
  initial_state: "new",
  states: {
    new: other({ type: "of-tomorrow", transitions: [{ event: "any" }, { event: "none", next: null }] }),
  },
});

// Keys may be waited for without a word.
flow({
  initial_state: "keys",
  states: {
    keys: { type: "gather-input-on-call", properties: { timeout: 5 }, transitions: [{ event: "keypress" }] },
  },
});

flow({
  initial_state: "keys",
  states: {
    // @ts-expect-error it says or plays, and never both
    keys: {
      type: "gather-input-on-call",
      properties: { say: "a", play: "b" },
      transitions: [{ event: "keypress" }],
    },
  },
});

flow({
  initial_state: "hello",
  states: {
    // @ts-expect-error Send Message has no such event
    hello: { type: "send-message", properties: {}, transitions: [{ event: "delivered", next: "hello" }] },
  },
});

flow({
  initial_state: "call",
  states: {
    // @ts-expect-error Run Function needs its url
    call: { type: "run-function", properties: { parameters: [] }, transitions: [{ event: "success" }] },
  },
});

flow({
  initial_state: "ask",
  states: {
    // @ts-expect-error Studio wants this number as text
    ask: {
      type: "send-and-wait-for-reply",
      properties: { body: "Yes?", timeout: 3600 },
      transitions: [{ event: "incomingMessage" }],
    },
  },
});

flow({
  initial_state: "hello",
  states: {
    hello: {
      type: "send-message",
      // @ts-expect-error a property that nobody knows
      properties: { text: "Hello" },
      transitions: [ends],
    },
  },
});

flow({
  initial_state: "say",
  states: {
    // @ts-expect-error it says or plays, and never both
    say: { type: "say-play", properties: { say: "a", play: "b" }, transitions: [{ event: "audioComplete" }] },
  },
});

flow({
  initial_state: "say",
  states: {
    // @ts-expect-error it says or plays, one of them
    say: { type: "say-play", properties: { loop: 1 }, transitions: [{ event: "audioComplete" }] },
  },
});

flow({
  initial_state: "hello",
  states: {
    // @ts-expect-error no such type of widget
    hello: { type: "send-massage", properties: {}, transitions: [ends] },
  },
});

flow({
  initial_state: "which",
  states: {
    // @ts-expect-error a match of nothing
    which: {
      type: "split-based-on",
      properties: { input: "x" },
      transitions: [{ event: "match", next: "which" }],
    },
  },
});

flow({
  initial_state: "which",
  states: {
    which: {
      type: "split-based-on",
      properties: { input: "x" },
      transitions: [
        {
          event: "match",
          // @ts-expect-error no such predicate
          conditions: [{ friendly_name: "A", arguments: ["a"], type: "is_like", value: "a" }],
        },
      ],
    },
  },
});

/** A part with two exits. */
export const confirm = (question: string) =>
  part({
    initial_state: "ask",
    exits: ["yes", "no"],
    states: {
      ask: {
        type: "send-and-wait-for-reply",
        properties: { body: question },
        transitions: [
          { event: "incomingMessage", next: "answer" },
          { event: "timeout", next: "no" },
          { event: "deliveryFailure", next: "no" },
        ],
      },
      answer: {
        type: "split-based-on",
        properties: { input: "{{widgets.ask.inbound.Body}}" },
        transitions: [
          { event: "noMatch", next: "ask" },
          {
            event: "match",
            next: "yes",
            conditions: [
              {
                friendly_name: "Yes",
                arguments: ["{{ widgets['ask'].inbound.Body }}"],
                type: "equal_to",
                value: "yes",
              },
            ],
          },
        ],
      },
    },
  });

const bye = { type: "send-message", properties: { body: "Bye" }, transitions: [] } as const;

export const composed = flow({
  initial_state: "Trigger",
  states: {
    Trigger: { type: "trigger", transitions: [{ event: "incomingMessage", next: "sure" }] },
    ...confirm("Sure?").as("sure", { yes: "really", no: null }),
    ...confirm("Really?").as("really", { yes: "bye", no: "sure-answer" }),
    bye,
  },
});

flow({
  initial_state: "sure",
  states: {
    // @ts-expect-error an exit that leads nowhere
    ...confirm("Sure?").as("sure", { yes: "bye" }),
    bye,
  },
});

flow({
  initial_state: "sure",
  states: {
    // @ts-expect-error an exit that the part does not have
    ...confirm("Sure?").as("sure", { yes: "bye", no: "bye", perhaps: "bye" }),
    bye,
  },
});

flow({
  initial_state: "sure",
  // @ts-expect-error an exit that leads to a widget that is not there
  states: { ...confirm("Sure?").as("sure", { yes: "gone", no: null }), bye },
});

part({
  initial_state: "bye",
  exits: ["done"],
  // @ts-expect-error neither an exit nor a widget of the part
  states: { bye: { type: "send-message", properties: {}, transitions: [{ event: "sent", next: "gone" }] } },
});
