/**
 * What each key of a stage file does, as people see it on their phones. The stage is `stage.ts`; every conversation begins
 * on a Monday at ten.
 */
import type { Script } from "@support-line/conversation-test";

export interface Shown {
  readonly name: string;
  /** Keys of the stage file that this conversation shows. */
  readonly keys: readonly string[];
  readonly script: Script;
  /** Needs a Function to fail, which a script can ask for on the engine alone. */
  readonly onEngineAlone?: true;
}

export const conversations: readonly Shown[] = [
  {
    name: "the word brings the line's first agent, who reads first what the customer wrote",
    keys: [
      "lines[].name",
      "lines[].channel",
      "lines[].address",
      "lines[].flow",
      "lines[].agents",
      "agents[].name",
      "agents[].address",
      "keywords.support",
      "wordings.agentAdded",
      "wordings.briefing",
    ],
    script: async ({ customer, person }) => {
      const ada = person("ada");
      await customer.says("my parcel is late");
      await customer.hearsNothing();
      await customer.says("Help me ");
      await customer.hears("Somebody is here.");
      await ada.hears("Before you came:\n> my parcel is late\n> Help me ", "Somebody is here.");
      await ada.says("let me look");
      await customer.hears("let me look");
      await customer.says("thank you");
      await ada.hears("thank you");
    },
  },
  {
    name: "while one agent is busy the next is asked, on the channel that they have a number of the line for",
    keys: ["lines[].proxies"],
    script: async ({ customer, person }) => {
      await customer.says("help me");
      await person("ada").hears(/help me/, "Somebody is here.");
      await person("second").says("help me");
      await person("ben").hears(/help me/, "Somebody is here.");
      await person("third").says("help me");
      await person("wanda").hears(/help me/);
      await person("wanda").says("hello from WhatsApp");
      await person("third").hears("Somebody is here.", "hello from WhatsApp");
    },
  },
  {
    name: "an agent on WhatsApp who has not written for a day gets the template alone, and everything after they wrote",
    keys: ["briefingTemplate"],
    script: async ({ person, customer }) => {
      const wanda = person("wanda");
      await person("second").says("help me");
      await person("third").says("help me");
      await customer.says("help me");
      await wanda.hears(/^HX|^A customer wrote: /);
      await customer.says("is anybody there?");
      await wanda.hearsNothing();
      await wanda.says("yes");
      await customer.hears("Somebody is here.", "They have been asked.", "yes");
      await customer.says("my parcel");
      await wanda.hears("my parcel");
    },
  },
  {
    name: "an agent who writes nothing within the time is replaced by the next",
    keys: ["lines[].answerWithin", "wordings.agentReplaced", "wordings.stillWaiting"],
    script: async ({ customer, person, clock }) => {
      await customer.says("help me");
      await customer.hears("Somebody is here.");
      await clock.passes({ minutes: 6 });
      await customer.says("hello?");
      await customer.hears("They have been asked.");
      await clock.passes({ minutes: 3 });
      await customer.hearsNothing();
      await clock.passes({ minutes: 2 });
      await customer.hears("Somebody else is here.");
      await person("ben").hears("Before you came:\n> help me\n> hello?", "Somebody else is here.");
      await person("ada").hears(/help me/, "Somebody is here.", "hello?", "They have been asked.");
      await customer.says("who is it?");
      await person("ada").hearsNothing();
      await person("ben").says("Ben. How can I help?");
      await customer.hears("They have been asked.", "Ben. How can I help?");
      await clock.passes({ minutes: 30 });
      await customer.hearsNothing();
    },
  },
  {
    name: "a queue's word brings its own agent; whoever waits longest is told when that agent is free",
    keys: [
      "lines[].queues[].name",
      "lines[].queues[].keyword",
      "lines[].queues[].agents",
      "wordings.noAgent",
      "wordings.agentFree",
      "wordings.agentRemoved",
      "keywords.done",
    ],
    script: async ({ customer, person }) => {
      const cleo = person("cleo");
      await customer.says("my bill");
      await customer.hears("Somebody is here.");
      await cleo.hears(/my bill/, "Somebody is here.");
      await person("second").says("My bill");
      await person("second").hears("Nobody is free; you hear from us.");
      await cleo.says("paid");
      await customer.hears("paid");
      await cleo.says("that was it");
      await customer.hears("that was it", "They have left.");
      await person("second").hears("Somebody is free now.", "Somebody is here.");
      await cleo.hears(/My bill/, "Somebody is free now.", "Somebody is here.");
      await cleo.says("your turn");
      await person("second").hears("your turn");
      await customer.hearsNothing();
    },
  },
  {
    name: "an agent hands a customer over with a queue's word",
    keys: ["lines[].queues[].keyword"],
    script: async ({ customer, person }) => {
      await customer.says("help me");
      await customer.hears("Somebody is here.");
      await person("ada").says("my bill");
      await customer.hears("my bill", "Somebody is here.");
      await person("cleo").hears("Before you came:\n> help me", "Somebody is here.");
      await person("cleo").says("it is paid");
      await customer.hears("it is paid");
      await person("ada").hears(/help me/, "Somebody is here.");
    },
  },
  {
    name: "a customer who wrote done is not an agent, and one who left may be called again",
    keys: ["keywords.done"],
    script: async ({ customer, person }) => {
      const ada = person("ada");
      await customer.says("help me");
      await ada.hears(/help me/, "Somebody is here.");
      await ada.says("hello");
      await customer.says("that was it");
      await ada.hears("that was it");
      await ada.says("That was it");
      await customer.hears("Somebody is here.", "hello", "That was it", "They have left.");
      await customer.says("one more thing");
      await ada.hearsNothing();
      await customer.says("help me");
      await ada.hears(/one more thing\n> help me/, "Somebody is here.");
    },
  },
  {
    name: "while too many write at once for Twilio's Functions, the customer is asked for a moment and served then",
    keys: ["wordings.oneMoment"],
    onEngineAlone: true,
    script: async ({ customer, person, functions, clock }) => {
      functions.answers("find-agent", 429);
      await customer.says("help me");
      await customer.hears("Just a moment.");
      functions.answers("find-agent", { state: "added", agent: "somebody" });
      await clock.passes({ minutes: 2 });
      await customer.hears("Somebody is here.");
      await person("ada").hearsNothing();
    },
  },
  {
    name: "who hears nothing but the Flow is told after a few times that nobody could answer, and is left alone",
    keys: ["wordings.nobodyAnswered"],
    script: async ({ customer, person, clock }) => {
      await customer.says("my bill");
      await person("cleo").hears(/my bill/, "Somebody is here.");
      await clock.passes({ minutes: 11 });
      await customer.hears("Somebody is here.", "Nobody is free; you hear from us.");
      await person("second").says("my bill");
      await person("second").hears("Nobody is free; you hear from us.");
      await clock.passes({ hours: 4, minutes: 30 });
      await person("second").hears(
        "Nobody is free; you hear from us.",
        "Nobody is free; you hear from us.",
        "Nobody is free; you hear from us.",
        "Nobody could answer.",
      );
      await clock.passes({ hours: 1 });
      await person("second").hearsNothing();
    },
  },
  {
    name: "outside of its hours the line says when somebody is back, and then brings them by itself",
    keys: ["lines[].hours", "hours[].name", "hours[].timeZone", "hours[].week", "wordings.closedHours"],
    script: async ({ customer, person, clock }) => {
      await clock.passes({ hours: 7, minutes: 30 });
      await customer.says("help me");
      await customer.hears("We are back Tuesday, 09:00.");
      await clock.passes({ hours: 15 });
      await customer.hearsNothing();
      await clock.passes({ minutes: 35 });
      await customer.hears("Somebody is here.");
      await person("ada").hears("Before you came:\n> help me", "Somebody is here.");
    },
  },
  {
    name: "holidays are closed, exceptions are open",
    keys: ["hours[].holidays", "hours[].exceptions"],
    script: async ({ customer, person, clock }) => {
      await clock.passes({ days: 1, hours: 8 });
      await customer.says("help me");
      await customer.hears("We are back Thursday, 09:00.");
      await clock.passes({ days: 2, hours: 16, minutes: 30 });
      await person("second").says("help me");
      await person("second").hears("Somebody is here.");
      await clock.passes({ minutes: 45 });
      await person("third").says("help me");
      await person("third").hears("We are back Monday, 09:00.");
    },
  },
  {
    name: "a customer chooses a language: its texts, and its agents first",
    keys: [
      "languages[].name",
      "languages[].keyword",
      "languages[].wordings",
      "agents[].languages",
      "wordings.languageChosen",
    ],
    script: async ({ customer, person }) => {
      await customer.says("Deutsch");
      await customer.hears("Gern auf Deutsch.");
      await customer.says("help me");
      await customer.hears("Jemand ist da.");
      await person("ben").hears(/help me/, "Jemand ist da.");
      await person("ben").says("Guten Tag");
      await person("second").says("english");
      await person("second").hears("English it is.");
      await person("second").says("help me");
      await person("ada").hears(/help me/, "Somebody is here.");
    },
  },
  {
    name: "goodbye closes the Conversation; the next message opens a new one",
    keys: ["keywords.close", "wordings.conversationClosed"],
    script: async ({ customer, person }) => {
      const ada = person("ada");
      await customer.says("help me");
      await ada.hears(/help me/, "Somebody is here.");
      await ada.says("there you are");
      await customer.says("goodbye");
      await customer.hears("Somebody is here.", "there you are", "Goodbye.");
      await ada.hears("goodbye", "Goodbye.");
      await customer.says("hello again");
      await ada.hearsNothing();
      await customer.says("help me");
      await ada.hears("Before you came:\n> hello again\n> help me", "Somebody is here.");
    },
  },
  {
    name: "a Conversation in which nothing happens is over after a while, not before",
    keys: ["timers.inactive", "timers.closed"],
    script: async ({ customer, person, clock }) => {
      const ada = person("ada");
      await customer.says("help me");
      await ada.hears(/help me/, "Somebody is here.");
      await ada.says("done, see you");
      await customer.hears("Somebody is here.", "done, see you");
      await clock.passes({ hours: 3 });
      await customer.says("thank you");
      await ada.hears("thank you");
      await clock.passes({ hours: 11 });
      await customer.says("hello");
      await ada.hearsNothing();
      await customer.hearsNothing();
    },
  },
];
