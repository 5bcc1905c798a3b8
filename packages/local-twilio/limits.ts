/**
 * Every limit of the local Twilio, in one place. Where Twilio has one it is Twilio's, with its source; the others are ours, so that
 * nothing that somebody sends fills a memory or a disk, stops a clock or ends a process. Sizes are in bytes.
 */
export const limits = {
  request: {
    /** The largest Asset (25 MB) with its multipart frame: https://www.twilio.com/docs/serverless/api/resource/asset-version */
    body: 27 * 1024 * 1024,
    /** Ours: how deep JSON may nest, in a body or as text in a field. */
    depth: 100,
  },
  /** Ours: the last moment that there is, `9999-12-31T23:59:59Z`. The clock stops there, and no date is later. */
  date: { latest: Date.UTC(9999, 11, 31, 23, 59, 59) },
  /** Ours: how long a timer of a Conversation may be, in days. */
  timer: { days: 36_500 },
  /** How long a Sync object lives at most, in seconds: https://www.twilio.com/docs/sync/api/document-resource */
  sync: { ttl: 31_536_000 },
  /** https://www.twilio.com/docs/messaging/api/message-resource */
  message: { media: 10 },
  /** Answers of webhooks (https://www.twilio.com/docs/api/errors/11750) and of the Flow's requests, unpacked. */
  answer: { bytes: 64 * 1024, redirects: 10 },
  /** Ours: how deep brackets and NOT may nest in an expression of TaskRouter, and its characters. */
  expression: { depth: 100, characters: 10_000 },
  /** Ours: calls that the log keeps, and what it keeps of each. */
  log: { calls: 20_000, path: 1_000, form: 2_000, value: 300 },
} as const;
