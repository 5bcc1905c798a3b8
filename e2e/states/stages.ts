/** The stages whose deployed states are kept. They say every text themselves, so that no template's wording is part of a state. */

const accountSid = "AC10ca1000000000000000000000000001";

const wordings = {
  agentAdded: "Somebody is here.",
  noAgent: "Nobody is free; you hear from us.",
  agentRemoved: "They have left.",
  agentReplaced: "Somebody else is here.",
  agentFree: "Somebody is free now.",
  stillWaiting: "They have been asked.",
  oneMoment: "Just a moment.",
  closedHours: "We are closed now.",
  conversationClosed: "Goodbye.",
  languageChosen: "English it is.",
  briefing: "Before you came:",
  toFlex: "Flex it is.",
};
const keywords = { support: "help me", done: "that was it", close: "goodbye" };
const languages = [
  { name: "en", keyword: "english" },
  {
    name: "de",
    keyword: "deutsch",
    wordings: { agentAdded: "Jemand ist da.", noAgent: "Niemand ist frei." },
  },
];
const ada = { name: "ada", address: "+15550100101" };
const alerts = { address: "https://on-call.example.com/twilio" };

/** A stage whose state is kept: its name, and what its file says below the project's name. */
export interface KeptStage {
  readonly stage: string;
  readonly file: Readonly<Record<string, unknown>>;
}

/** By name of the folder. */
export const stages = {
  support: {
    stage: "local",
    file: {
      accountSid,
      lines: [
        {
          name: "support",
          channel: "sms",
          address: "+15550100001",
          flow: "support",
          agents: ["ada"],
          proxies: ["+15550100001", "+15550100002", "+15550100003"],
        },
      ],
      agents: [ada],
      wordings,
      keywords,
    },
  },
  desk: {
    stage: "dev",
    file: {
      accountSid,
      lines: [
        {
          name: "desk",
          channel: "sms",
          address: "+15550100001",
          flow: "desk",
          agents: ["ada", "ben", "wanda"],
          proxies: ["+15550100001", "whatsapp:+15550100001"],
          conversations: ["front-desk"],
          queues: [{ name: "billing", keyword: "my bill", agents: ["cleo"] }],
          hours: "office",
          answerWithin: 10,
        },
        {
          name: "chat",
          channel: "whatsapp",
          address: "whatsapp:+15550100002",
          flow: "support",
          agents: ["wanda"],
        },
      ],
      agents: [
        { ...ada, languages: ["en"] },
        { name: "ben", address: "+15550100102", languages: ["de"] },
        { name: "cleo", address: "+15550100103" },
        { name: "wanda", address: "whatsapp:+15550100104" },
      ],
      wordings,
      keywords,
      languages,
      hours: [
        {
          name: "office",
          timeZone: "Europe/Berlin",
          week: { mon: ["09:00-17:00"], tue: ["09:00-12:00", "13:00-17:00"] },
          holidays: ["2026-12-25"],
          exceptions: { "2026-12-24": ["10:00-11:00"] },
        },
      ],
      timers: { inactive: "PT2H", closed: "PT10H" },
      alerts,
    },
  },
  flex: {
    stage: "prod",
    file: {
      accountSid,
      lines: [{ name: "support", channel: "sms", address: "+15550100001", flow: "flex", agents: ["ada"] }],
      agents: [ada],
      wordings,
      keywords,
      languages,
      flex: { answerWithin: 20, inviteAgain: 1 },
      timers: { inactive: "PT2H", closed: "PT10H" },
      alerts,
    },
  },
} as const satisfies Record<string, KeptStage>;
