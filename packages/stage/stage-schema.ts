/** The shape of a stage file: which keys there are, and what each may hold. What they mean together is `stage-faults.ts`. */
import { z } from "zod";
import { elsewhereSchema } from "./elsewhere.ts";

const text = z.string().trim().min(1, "is empty; leave the key out to keep the template's").max(1600);
export const nameSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,29}$/,
    'is not a name: a lower-case letter, then letters, digits and dashes, like "support"',
  );

/** What carriers and Twilio answer themselves (https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out). */
const optOutWords = new Set(
  "stop stopall unsubscribe cancel end quit revoke optout start yes unstop help info".split(" "),
);
const keyword = text
  .max(100, "is longer than a word or two (100 characters)")
  .refine((word) => !optOutWords.has(word.toLowerCase()), {
    error:
      "is a word that Twilio takes for opting out or in, or for help, and answers itself; choose another",
  })
  .refine((word) => !word.includes(","), {
    error: "has a comma in it, which Studio takes for the end of a word; choose one without",
  });

const wordings = z.strictObject({
  agentAdded: text.optional().describe("Text when an agent joins."),
  noAgent: text.optional().describe("Text when every agent is taken."),
  agentRemoved: text.optional().describe("Text when the agent leaves."),
  agentReplaced: text
    .optional()
    .describe("Text when the agent did not answer in time, and another one joins."),
  agentFree: text.optional().describe("Text when the customer waited, and an agent is free now."),
  stillWaiting: text.optional().describe("Text when the customer waits on."),
  oneMoment: text.optional().describe("Text when a Function is busy, and the Flow tries again."),
  nobodyAnswered: text
    .optional()
    .describe("Text when the Flow gives up after four messages that nobody answers."),
  closedHours: text.optional().describe("Text when the customer writes outside the opening hours."),
  conversationClosed: text.optional().describe("Text when the Conversation ends."),
  languageChosen: text.optional().describe("Text when the customer chose a language."),
  briefing: text
    .optional()
    .describe("Text when an agent is asked to join: the first text on the agent's phone."),
  toFlex: text.optional().describe("Text when the customer is handed over to Flex."),
  paused: text.optional().describe("Text when the line is paused."),
});
const keywords = z.strictObject({
  support: keyword.optional().describe("The word that asks for an agent."),
  done: keyword.optional().describe("The word with which an agent leaves."),
  close: keyword.optional().describe("The word that ends the Conversation."),
});

const address = z.union([z.string(), z.number()]);
const agentNames = z.array(z.string()).min(1, "names no agent; leave it out where the Flow brings nobody in");
const spans = z.array(z.string());
const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'is not a language tag like "en", "de" or "pt-BR"');
const timer = z
  .string()
  .regex(
    /^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/,
    'is not an ISO 8601 duration of days, hours and minutes like "PT4H"',
  );

/** https://www.twilio.com/docs/serverless/api/resource/variable */
export const variableKey = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]{0,127}$/,
    "is not a name of a Variable: letters, digits and underscores, like API_KEY",
  );
const queue = z.strictObject({
  name: nameSchema.describe("Name of the queue."),
  keyword: keyword.describe("The word that brings an agent of this queue."),
  agents: agentNames.describe("Names of its agents, in the order in which they are asked."),
});
export const lineSchema = z.strictObject({
  name: nameSchema.describe("Name of the line."),
  channel: z.enum(["sms", "whatsapp", "voice"]).describe("How customers reach the line."),
  address: address.describe("The number or sender that customers write to or call."),
  flow: nameSchema.describe("The template that answers: a file in `flow-templates`."),
  agents: agentNames
    .optional()
    .describe(
      "Names of the agents, in the order in which they are asked. Leave it out where the Flow brings nobody in.",
    ),
  proxies: z
    .array(address)
    .min(1, "is empty; leave it out to use the line's own address")
    .optional()
    .describe(
      "Addresses of the account that agents are reached from; the line's own by default. A pair of agent and proxy carries one Conversation at a time.",
    ),
  conversations: z
    .array(nameSchema)
    .default([])
    .describe("Unique names of Conversations that exist before anybody writes."),
  queues: z.array(queue).default([]).describe("Groups of agents that a word of their own brings."),
  hours: z
    .string()
    .optional()
    .describe("Name of the line's opening hours; without it the line is always open."),
  answerWithin: z
    .number()
    .int("is not a whole number of minutes")
    .min(1, "is less than a minute")
    .max(240, "is more than four hours (240), the longest that Twilio recommends a Flow to wait")
    .default(5)
    .describe("Minutes that an agent has for a first answer before the next one is asked."),
});
const weekly = z.strictObject({
  mon: spans.optional(),
  tue: spans.optional(),
  wed: spans.optional(),
  thu: spans.optional(),
  fri: spans.optional(),
  sat: spans.optional(),
  sun: spans.optional(),
});
const hours = z.strictObject({
  name: nameSchema.describe("Name that a line's `hours` refers to."),
  timeZone: z.string().describe("IANA time zone, `Europe/Berlin`."),
  week: weekly.describe(
    'Spans for each of `mon` to `sun`: `mon: ["09:00-17:00"]`. A day that is left out is closed.',
  ),
  holidays: z.array(z.string()).default([]).describe("Dates on which nobody is there, `2026-12-25`."),
  exceptions: z.record(z.string(), spans).default({}).describe("Dates with spans of their own."),
});

export const agentSchema = z.strictObject({
  name: nameSchema.describe("Name of the agent, as lines and queues refer to it."),
  address: address.describe("The agent's phone: `+15550100101`, or `whatsapp:+15550100101`."),
  languages: z
    .array(language)
    .default([])
    .describe(
      "Languages that the agent speaks; without any, all. Agents who speak the customer's language are asked first.",
    ),
});

export const stageSchema = z.strictObject({
  accountSid: z
    .string()
    .regex(
      /^AC[0-9a-f]{32}$/,
      "is not an account SID: AC and 32 hexadecimal digits, as on the Console's first page",
    )
    .describe("The account that the stage is deployed to. Credentials of any other account are refused."),
  lines: z
    .array(lineSchema)
    .min(1, "names no line; a stage needs one at least")
    .describe("The numbers that customers write to or call, each with what answers."),
  agents: z.array(agentSchema).default([]).describe("The people who answer."),
  wordings: wordings.default({}).describe("Texts that replace those of the template."),
  keywords: keywords.default({}).describe("Words that replace those of the template."),
  languages: z
    .array(
      z.strictObject({
        name: language.describe("Language tag: `en`, `de`, `pt-BR`."),
        keyword: keyword.describe("The word that chooses the language."),
        wordings: wordings
          .default({})
          .describe("Texts in this language; a missing text is that of the first language."),
      }),
    )
    .default([])
    .describe("Languages that customers can choose."),
  hours: z.array(hours).default([]).describe("Opening hours that lines refer to by name."),
  briefingTemplate: z
    .string()
    .regex(/^(HX[0-9a-f]{32})?$/, "is not a content template's SID: HX and 32 hexadecimal digits")
    .default("")
    .describe("Content template (HX…) of an agent's first message on WhatsApp; variable 1 is the text."),
  alerts: z
    .strictObject({
      address: z
        .url({ protocol: /^https$/, error: "is not an https:// address that Twilio could post to" })
        .optional()
        .describe("The https:// address that receives the events."),
    })
    .default({})
    .describe("Where Event Streams posts errors and ended Executions."),
  flex: z
    .strictObject({
      answerWithin: z
        .number()
        .int("is not a whole number of minutes")
        .min(1, "is less than a minute")
        .max(20_160, "is more than two weeks (20160), the longest that a Task may wait")
        .default(30)
        .describe("Minutes that a Task waits for an agent."),
      inviteAgain: z
        .number()
        .int("is not a whole number of times")
        .min(0, "is less than none")
        .max(20, "is more than 20 times")
        .default(0)
        .describe(
          "How often a customer whom nobody answered goes back into the queue before the Conversation ends.",
        ),
      afterCompletion: z
        .enum(["close", "keep"])
        .default("close")
        .describe(
          "`close` ends the Conversation with its Task; `keep` leaves it to the timers, for teams that park.",
        ),
      workers: text.default("1==1").describe("TaskRouter expression over Workers' attributes: who is asked."),
      conversationsServiceSid: z
        .string()
        .regex(
          /^IS[0-9a-fA-F]{32}$/,
          "is not a SID of a Conversations Service: IS and 32 hexadecimal digits; Flex names its own under Chat Service",
        )
        .optional()
        .describe("Flex's own Conversations Service, on an account that has Flex."),
    })
    .optional()
    .describe("Customers are handed over to Flex; `{}` is enough."),
  elsewhere: z
    .array(elsewhereSchema)
    .default([])
    .describe(
      "What Flows refer to that is deployed elsewhere: subflows, Workflows, Functions of another Service.",
    ),
  variables: z
    .record(variableKey, z.string())
    .default({})
    .describe("Variables of the project's own Functions, beside those that the stage writes."),
  secrets: z
    .record(variableKey, z.union([z.string(), z.strictObject({ secure: z.string() })]))
    .default({})
    .describe(
      "Variables that are kept encrypted: `npx pulumi config set --secret --path <project>:secrets.<key>`.",
    ),
  timers: z
    .strictObject({
      inactive: timer
        .default("PT4H")
        .describe("Time without a message after which a Conversation becomes inactive."),
      closed: timer.default("P1D").describe("Time without a message after which a Conversation is closed."),
    })
    .prefault({})
    .describe("When Conversations in which nothing happens end. ISO 8601 durations."),
});

/** A stage as its file has it, of the right shape. */
export type RawStage = z.output<typeof stageSchema>;

/** Texts in which the stage differs from the template. */
export type Wordings = z.output<typeof wordings>;
/** Keywords in which the stage differs from the template. */
export type Keywords = z.output<typeof keywords>;
