/**
 * Every limit of the local Twilio, in one place. Where Twilio has one it is Twilio's; the others are ours, so that nothing that
 * somebody sends fills a memory or a disk, stops a clock or ends a process. `limits-page.ts` says of each what it is and where
 * Twilio says so. Sizes are in bytes where nothing else is said.
 */
export const limits = {
  request: { body: 27 * 1024 * 1024, depth: 100 },
  answer: { bytes: 64 * 1024, redirects: 10 },
  /** The last moment that there is, in milliseconds since 1970. */
  date: { latest: Date.UTC(9999, 11, 31, 23, 59, 59) },
  message: { characters: 1_600, media: 10 },
  conversation: {
    participants: 1_000,
    nonChat: 50,
    withParticipants: 10,
    name: 256,
    identity: 256,
    body: 32 * 1024,
    ownAttributes: 16 * 1024,
    attributes: 4 * 1024,
    webhooks: 5,
    triggers: 5,
    webhookUrl: 512,
    timerDays: 36_500,
  },
  sync: { ttl: 31_536_000 },
  task: { timeout: 1_209_600, attributes: 4_096 },
  expression: { depth: 100, characters: 10_000 },
  verify: { checks: 5, sends: 5 },
  execution: { addresses: 300 },
  services: 50,
  variable: { key: 128, value: 450 },
  upload: { asset: 25_000_000, privateAsset: 10_000_000, function: 1024 * 1024 },
  log: { events: 100_000, calls: 20_000, path: 1_000, form: 2_000, value: 300 },
} as const;
