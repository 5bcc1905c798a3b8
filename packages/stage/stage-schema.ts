/** The shape of a stage file: which keys there are, and what each may hold. What they mean together is `stage-faults.ts`. */
import { z } from "zod";
import { elsewhereSchema } from "./elsewhere.ts";

const text = z.string().trim().min(1, "is empty; leave the key out to keep the template's").max(1600);
const name = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,29}$/,
    'is no name: a lower-case letter, then letters, digits and dashes, like "support"',
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
  agentAdded: text.optional(),
  noAgent: text.optional(),
  agentRemoved: text.optional(),
  agentReplaced: text.optional(),
  agentFree: text.optional(),
  stillWaiting: text.optional(),
  oneMoment: text.optional(),
  nobodyAnswered: text.optional(),
  closedHours: text.optional(),
  conversationClosed: text.optional(),
  languageChosen: text.optional(),
  briefing: text.optional(),
  toFlex: text.optional(),
  paused: text.optional(),
});
const keywords = z.strictObject({
  support: keyword.optional(),
  done: keyword.optional(),
  close: keyword.optional(),
});

const address = z.union([z.string(), z.number()]);
const agentNames = z.array(z.string()).min(1, "names no agent; leave it out where the Flow brings nobody in");
const spans = z.array(z.string());
const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'is no language tag like "en", "de" or "pt-BR"');
const timer = z
  .string()
  .regex(
    /^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/,
    'is no ISO 8601 duration of days, hours and minutes like "PT4H"',
  );

/** https://www.twilio.com/docs/serverless/api/resource/variable */
const variableKey = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]{0,127}$/,
    "is no name of a Variable: letters, digits and underscores, like API_KEY",
  );
const queue = z.strictObject({ name, keyword, agents: agentNames });
export const lineSchema = z.strictObject({
  name,
  channel: z.enum(["sms", "whatsapp", "voice"]),
  address,
  flow: name,
  /** Absent where the Flow brings nobody in. */
  agents: agentNames.optional(),
  proxies: z.array(address).min(1, "is empty; leave it out to use the line's own address").optional(),
  conversations: z.array(name).default([]),
  queues: z.array(queue).default([]),
  hours: z.string().optional(),
  answerWithin: z
    .number()
    .int("is no whole number of minutes")
    .min(1, "is less than a minute")
    .max(240, "is more than four hours (240), the longest that Twilio recommends a Flow to wait")
    .default(5),
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
  name,
  timeZone: z.string(),
  week: weekly,
  holidays: z.array(z.string()).default([]),
  exceptions: z.record(z.string(), spans).default({}),
});

export const agentSchema = z.strictObject({ name, address, languages: z.array(language).default([]) });

export const stageSchema = z.strictObject({
  accountSid: z
    .string()
    .regex(
      /^AC[0-9a-f]{32}$/,
      "is no account SID: AC and 32 hexadecimal digits, as on the Console's first page",
    ),
  lines: z.array(lineSchema).min(1, "names no line; a stage needs one at least"),
  agents: z.array(agentSchema).default([]),
  wordings: wordings.default({}),
  keywords: keywords.default({}),
  languages: z.array(z.strictObject({ name: language, keyword, wordings: wordings.default({}) })).default([]),
  hours: z.array(hours).default([]),
  briefingTemplate: z
    .string()
    .regex(/^(HX[0-9a-f]{32})?$/, "is no content template's SID: HX and 32 hexadecimal digits")
    .default(""),
  alerts: z
    .strictObject({
      address: z
        .url({ protocol: /^https$/, error: "is no https:// address that Twilio could post to" })
        .optional(),
    })
    .default({}),
  flex: z
    .strictObject({
      answerWithin: z
        .number()
        .int("is no whole number of minutes")
        .min(1, "is less than a minute")
        .max(20_160, "is more than two weeks (20160), the longest that a Task may wait")
        .default(30),
      inviteAgain: z
        .number()
        .int("is no whole number of times")
        .min(0, "is less than none")
        .max(20, "is more than 20 times")
        .default(0),
      afterCompletion: z.enum(["close", "keep"]).default("close"),
      workers: text.default("1==1"),
      conversationsServiceSid: z
        .string()
        .regex(
          /^IS[0-9a-fA-F]{32}$/,
          "is no SID of a Conversations Service: IS and 32 hexadecimal digits; Flex names its own under Chat Service",
        )
        .optional(),
    })
    .optional(),
  elsewhere: z.array(elsewhereSchema).default([]),
  /** Of the project's own Functions, beside those that the stage writes. */
  variables: z.record(variableKey, z.string()).default({}),
  /** The same, kept encrypted: `npx pulumi config set --secret --path <project>:secrets.<key>`. */
  secrets: z.record(variableKey, z.union([z.string(), z.strictObject({ secure: z.string() })])).default({}),
  timers: z.strictObject({ inactive: timer.default("PT4H"), closed: timer.default("P1D") }).prefault({}),
});

/** A stage as its file has it, of the right shape. */
export type RawStage = z.output<typeof stageSchema>;

/** Texts in which the stage differs from the template. */
export type Wordings = z.output<typeof wordings>;
/** Keywords in which the stage differs from the template. */
export type Keywords = z.output<typeof keywords>;
