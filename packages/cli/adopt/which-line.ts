/** Which of an account's lines is adopted, and what else answers its address. Pure. */
import type { Stage } from "@support-line/stage";
import { CliError } from "../errors.ts";
import {
  flowWebhook,
  type Answering,
  type Configuration,
  type Entry,
  type NumberWebhook,
} from "./entries.ts";
import { lineAt } from "./joining.ts";

export interface ChosenLine {
  readonly entry: Entry;
  readonly configuration: Configuration | null;
  readonly number: NumberWebhook | null;
}

/** What people say of the line they mean. */
export interface Wanted {
  readonly flow?: string | undefined;
  readonly address?: string | undefined;
}

/** What can be a line of a stage; the others are named and left. */
const channels = new Set(["sms", "whatsapp"]);

/**
 * Chooses the line.
 *
 * @param stage that it is adopted into, if that is there
 * @throws CliError when none is there, when several are and nobody said which, or when two things answer its number
 */
export function chooseLine(
  accountSid: string,
  answering: Answering,
  wanted: Wanted,
  stage: Stage | null,
): ChosenLine {
  const candidates = answering.entries
    .filter(
      ({ address, flowSid, channel }) =>
        channels.has(channel) &&
        (wanted.address === undefined || address === wanted.address) &&
        (wanted.flow === undefined || flowSid === wanted.flow),
    )
    .sort((one, other) => (one.address < other.address ? -1 : 1));
  const [entry] = candidates;
  if (entry === undefined) {
    const asked = [wanted.address, wanted.flow].filter((each) => each !== undefined).join(" and ");
    throw new CliError("no-line", {
      account: accountSid,
      which: asked === "" ? "a Flow" : asked,
      known: answering.entries.map(entryWords).join("; ") || "no Flow answers any number",
    });
  }
  if (new Set(candidates.map(({ address }) => address)).size > 1) {
    const lines = candidates.map((each) => {
      const line = lineAt(stage, each.address);
      return `${entryWords(each)}${line === null ? "" : `, which is line ${line} of stage ${stage?.name ?? ""}`}`;
    });
    throw new CliError("which-line", { lines: lines.join("; ") });
  }
  const configuration = answering.configurations.find(({ address }) => address === entry.address) ?? null;
  const number = answering.numbers.find(({ address }) => address === entry.address) ?? null;
  const answers = answersOf(accountSid, configuration, number);
  if (answers.length > 1) {
    throw new CliError("answered-twice", { address: entry.address, answers: answers.join(", and ") });
  }
  const { messagingService: service = null } = number ?? {};
  if (entry.answeredBy === "webhook" && service !== null && !service.isDeferring) {
    throw new CliError("answered-by-service", {
      address: entry.address,
      service: `${service.sid} (${service.friendlyName})`,
    });
  }
  return { entry, configuration, number };
}

/** Everything that hears a message to an address, in words. */
export function answersOf(
  accountSid: string,
  configuration: Configuration | null,
  number: NumberWebhook | null,
): string[] {
  return [
    ...(configuration === null
      ? []
      : [
          `address configuration ${configuration.sid} opens Conversations${configuration.flowSid === null ? ` (${configuration.type})` : ` for Flow ${configuration.flowSid}`}`,
        ]),
    ...(number === null ? [] : ownAnswers(accountSid, number)),
  ];
}

/**
 * What hears an SMS to a number by the number's own setting, in words. A Messaging Service's webhook stands in for the number's own
 * (https://www.twilio.com/docs/messaging/api/service-resource).
 */
export function ownAnswers(accountSid: string, number: NumberWebhook): string[] {
  const { messagingService: service, smsApplicationSid, smsUrl } = number;
  if (service !== null && !service.isDeferring) {
    return service.inboundUrl === ""
      ? []
      : [`Messaging Service ${service.sid} (${service.friendlyName}) posts it to ${service.inboundUrl}`];
  }
  if (smsApplicationSid !== "") return [`the number's own application ${smsApplicationSid} is asked`];
  if (smsUrl === "") return [];
  const prefix = flowWebhook(accountSid, "");
  return [
    smsUrl.startsWith(prefix)
      ? `the number's own SMS webhook starts Flow ${smsUrl.slice(prefix.length)}`
      : `the number's own SMS webhook is ${smsUrl}`,
  ];
}

function entryWords({ address, flowSid, answeredBy }: Entry): string {
  return `${address} → Flow ${flowSid} (${answeredBy === "webhook" ? "by the number's own SMS webhook" : "by Conversations"})`;
}
