/**
 * Every limit there is here, in one place. Where Twilio has one it is Twilio's, with its source; the others are ours, so that
 * no Flow fills a memory or a disk.
 */
export const limits = {
  /** https://www.twilio.com/docs/studio/rest-api/v2/schemas, https://www.twilio.com/docs/studio/subflows (Limits) */
  flow: { states: 1_000, subflowWidgets: 150, subflows: 50 },
  execution: {
    /** Steps in all, and runs of one widget in a row: https://www.twilio.com/docs/studio/user-guide/studio-faq */
    steps: 1_000,
    repeats: 10,
    /** Ours: characters of `flow.variables` and `widgets` as JSON, about. Eight answers of the largest size are less. */
    context: 1_000_000,
    /** Ours: characters of all contexts that the steps between two waits leave. */
    turn: 32_000_000,
  },
  /** An answer of a Function or a web server: https://www.twilio.com/docs/studio/widget-library/run-function */
  answer: { bytes: 64 * 1024, seconds: 10 },
  /** https://www.twilio.com/docs/studio/widget-library/twiml-redirect */
  redirect: { seconds: 14_400 },
  /** Ours: how deep JSON may nest, so that whoever stores or walks it can. No answer that somebody wrote comes near. */
  json: { depth: 100 },
  liquid: {
    /** Rounds of a loop: https://www.twilio.com/docs/studio/user-guide/studio-faq */
    rounds: 15,
    /** Ours: parts rendered, loops counted out; characters of a template; characters made while it renders. */
    parts: 100_000,
    template: 100_000,
    made: 2_000_000,
  },
  /** Ours: patterns of Split Based On. */
  regex: {
    pattern: 1_000,
    /** Instructions of the compiled pattern times characters of the text. */
    work: 20_000_000,
    /** Length of a pattern beyond RE2, and of the texts it is tried on. */
    beyond: { pattern: 200, text: 1_000 },
  },
} as const;
