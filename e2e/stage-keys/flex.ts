/** What the key `flex` does. The stage is that of `stage.ts`, with its line handed over to Flex instead of to phones. */
import type { Shown } from "./conversations.ts";
import { everyKey } from "./stage.ts";

/** The stage with Flex. */
export function withFlex(begins: number) {
  const stage = everyKey(begins, "");
  return {
    ...stage,
    lines: stage.lines.map((line) => ({ ...line, flow: "flex", conversations: [], queues: [] })),
    wordings: { ...stage.wordings, toFlex: "Flex it is." },
    flex: { answerWithin: 20, inviteAgain: 1 },
  };
}

export const flexConversations: readonly Shown[] = [
  {
    name: "the word hands the customer over to Flex, and the Flow is silent from then on",
    keys: ["wordings.toFlex"],
    script: async ({ customer }) => {
      await customer.says("my parcel is late");
      await customer.hearsNothing();
      await customer.says("help me");
      await customer.hears("Flex it is.");
      await customer.says("help me");
      await customer.hearsNothing();
    },
  },
  {
    name: "outside of its hours nobody is handed over",
    keys: ["wordings.closedHours"],
    script: async ({ customer, clock }) => {
      await clock.passes({ hours: 8 });
      await customer.says("help me");
      await customer.hears("We are back Tuesday, 09:00.");
    },
  },
  {
    name: "a language of the customer's reads its own texts",
    keys: ["languages[].wordings"],
    script: async ({ customer }) => {
      await customer.says("deutsch");
      await customer.hears("Gern auf Deutsch.");
      await customer.says("help me");
      await customer.hears("Flex it is.");
    },
  },
  {
    name: "while too many write at once for Twilio's Functions, the customer is at Flex all the same, and the Flow leaves later",
    keys: ["wordings.oneMoment"],
    onEngineAlone: true,
    script: async ({ customer, functions, clock }) => {
      functions.answers("leave-to-flex", 429);
      await customer.says("help me");
      await customer.hears("Flex it is.", "Just a moment.");
      await clock.passes({ minutes: 1 });
      await customer.hears("Just a moment.");
      functions.answers("leave-to-flex", { left: 2 });
      await clock.passes({ minutes: 1 });
      await customer.hearsNothing();
    },
  },
  {
    name: "whom nobody answers in time is put back into the queue, then told, and the Conversation ends",
    keys: ["flex.answerWithin", "flex.inviteAgain"],
    script: async ({ customer, clock }) => {
      await customer.says("help me");
      await customer.hears("Flex it is.");
      await clock.passes({ minutes: 19 });
      await customer.hearsNothing();
      await clock.passes({ minutes: 2 });
      await customer.hears("They have been asked.");
      await clock.passes({ minutes: 18 });
      await customer.hearsNothing();
      await clock.passes({ minutes: 2 });
      await customer.hears("Nobody is free; you hear from us.");
      // A new Conversation, which begins again.
      await customer.says("help me");
      await customer.hears("Flex it is.");
    },
  },
];
