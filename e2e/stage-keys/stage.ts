/** A stage that uses every key a stage file has; the conversations beside it show what each one does. */
import { DateTime } from "luxon";
import { localAccountSid } from "@support-line/stage";

/** When the conversations begin on the engine: a Monday, ten o'clock in Berlin. */
export const monday = Date.UTC(2026, 10, 30, 9);

/** The next Monday at ten in Berlin that is a day away at least: a clock that runs can only be moved forward. */
export function nextMonday(): number {
  const tomorrow = DateTime.now().setZone(timeZone).plus({ days: 1 });
  return tomorrow
    .plus({ days: (8 - tomorrow.weekday) % 7 })
    .set({ hour: 10, minute: 0, second: 0, millisecond: 0 })
    .toMillis();
}

const timeZone = "Europe/Berlin";
const dateAfter = (from: number, days: number) =>
  DateTime.fromMillis(from, { zone: timeZone }).plus({ days }).toISODate() ?? "";

export const numbers = {
  support: "+15550100001",
  second: "+15550100002",
  whatsapp: "whatsapp:+15550100001",
  ada: "+15550100101",
  ben: "+15550100102",
  cleo: "+15550100103",
  wanda: "whatsapp:+15550100104",
} as const;

export const people = {
  customer: "+15550100201",
  second: "+15550100202",
  third: "+15550100203",
  ada: numbers.ada,
  ben: numbers.ben,
  cleo: numbers.cleo,
  wanda: numbers.wanda,
};

/** The stage, with a holiday on the Wednesday and an exception on the Friday after it begins. */
export const everyKey = (begins: number, briefingTemplate = `HX${"0".repeat(31)}1`) => ({
  accountSid: localAccountSid,
  lines: [
    {
      name: "desk",
      channel: "sms",
      address: numbers.support,
      flow: "desk",
      agents: ["ada", "ben", "wanda"],
      proxies: [numbers.support, numbers.whatsapp],
      conversations: ["front-desk"],
      queues: [{ name: "billing", keyword: "my bill", agents: ["cleo"] }],
      hours: "office",
      answerWithin: 10,
    },
  ],
  agents: [
    { name: "ada", address: numbers.ada, languages: ["en"] },
    { name: "ben", address: numbers.ben, languages: ["de"] },
    { name: "cleo", address: numbers.cleo },
    { name: "wanda", address: numbers.wanda },
  ],
  wordings: {
    agentAdded: "Somebody is here.",
    noAgent: "Nobody is free; you hear from us.",
    agentRemoved: "They have left.",
    agentReplaced: "Somebody else is here.",
    agentFree: "Somebody is free now.",
    stillWaiting: "They have been asked.",
    oneMoment: "Just a moment.",
    nobodyAnswered: "Nobody could answer.",
    closedHours: "We are back {{widgets.check-hours.parsed.opens}}.",
    conversationClosed: "Goodbye.",
    languageChosen: "English it is.",
    briefing: "Before you came:",
  },
  keywords: { support: "help me", done: "that was it", close: "goodbye" },
  languages: [
    { name: "en", keyword: "english" },
    {
      name: "de",
      keyword: "deutsch",
      wordings: { agentAdded: "Jemand ist da.", languageChosen: "Gern auf Deutsch." },
    },
  ],
  hours: [
    {
      name: "office",
      timeZone,
      week: {
        mon: ["09:00-17:00"],
        tue: ["09:00-12:00", "13:00-17:00"],
        wed: ["09:00-17:00"],
        thu: ["09:00-17:00"],
      },
      holidays: [dateAfter(begins, 2)],
      exceptions: { [dateAfter(begins, 4)]: ["10:00-11:00"] },
    },
  ],
  briefingTemplate,
  timers: { inactive: "PT2H", closed: "PT10H" },
});
