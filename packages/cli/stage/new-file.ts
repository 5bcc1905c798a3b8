/** The file of a new stage: every key with what it does, those that are not needed yet as comments. Pure. */
import { stringify } from "yaml";
import type { LineChannel } from "@support-line/stage/address";
import { docs } from "../docs.ts";

/** Somebody who answers. */
export interface NewAgent {
  readonly name: string;
  readonly address: string;
}

/** What a new stage is made of. */
export interface NewStage {
  /** Name of the project. */
  readonly project: string;
  readonly stage: string;
  readonly accountSid: string;
  readonly channel: LineChannel;
  readonly address: string;
  /** Name of a template. */
  readonly flow: string;
  /** Name of the line. */
  readonly line: string;
  /** Empty: the Flow answers alone. */
  readonly agents: readonly NewAgent[];
  /** Numbers besides the line's own that agents are reached from. */
  readonly proxies: readonly string[];
  /** Minutes that a Task waits in Flex; null: the template hands nobody over. */
  readonly flexAnswerWithin: number | null;
  /** Where another Twilio answers; null: Twilio itself. */
  readonly endpoint: string | null;
}

/** Text as YAML writes it on one line. */
const scalar = (value: string) => stringify(value, { defaultStringType: "QUOTE_DOUBLE" }).trim();
const plain = (value: string) => stringify(value, { lineWidth: 0 }).trim();
const list = (values: readonly string[]) => `[${values.map(scalar).join(", ")}]`;

/** The keys that a stage can do without, as they would stand in the file, under PROJECT. The first lines say what for. */
const optional = `
# What else a stage can say; take the "#" away from a key's lines and put in your own. Lines may also have queues, hours,
# conversations and answerWithin. Every key: ${docs}/reference/stage-file.md
#
# Texts and words of the template that are to be others here:
# PROJECT:wordings: { agentAdded: "Somebody is with you." }
# PROJECT:keywords: { support: help me }
#
# Opening hours, which a line names by hours: office.
# PROJECT:hours:
#   - name: office
#     timeZone: Europe/Berlin
#     week: { mon: ["09:00-17:00"], tue: ["09:00-17:00"] }
#     holidays: ["2026-12-25"]
#
# Languages that a word chooses; agents may have languages: [de].
# PROJECT:languages:
#   - { name: en, keyword: english }
#   - { name: de, keyword: deutsch, wordings: { agentAdded: "Jemand ist da." } }
#
# When a Conversation in which nothing happens becomes inactive, and when it is closed:
# PROJECT:timers: { inactive: PT4H, closed: P1D }
#
# An approved WhatsApp template for what an agent reads first; without one an agent on WhatsApp is reached within 24 hours
# of having written:
# PROJECT:briefingTemplate: HX00000000000000000000000000000000
#
# Where Twilio posts errors and ended Executions, for whoever is on call:
# PROJECT:alerts: { address: "https://example.com/alerts" }
#
# Variables of Functions of your own; what is secret: npx pulumi config set --secret --path PROJECT:secrets.API_KEY
# PROJECT:variables: { SHOP: "https://shop.example.com" }
#
# What a Flow names that somebody else deploys: a SID, or a Function's URL; exported: what the Flow's file has, if another.
# PROJECT:elsewhere: [{ name: shipping, is: FW00000000000000000000000000000001 }]
`;

const agentsOptional = `#
# The people who answer, each with a phone of their own; a line names them by agents: [ada]:
# PROJECT:agents: [{ name: ada, address: "+15550100101" }]
`;

const flexOptional = `#
# Customers are handed over to Flex by the template flex:
# PROJECT:flex: { answerWithin: 30 }
`;

/** The text of `Pulumi.<stage>.yaml`. */
export function newStageFile(given: NewStage): string {
  const {
    project,
    stage,
    accountSid,
    channel,
    address,
    flow,
    line,
    agents,
    proxies,
    flexAnswerWithin,
    endpoint,
  } = given;
  const all = [address, ...proxies];
  return [
    `# Stage ${stage}. Credentials are in no file: they come from TWILIO_AUTH_TOKEN, from TWILIO_API_KEY and TWILIO_API_SECRET,`,
    `# or from npx pulumi config set --secret twilio:authToken -s ${stage}. After every edit: npm run stage -- check ${stage}`,
    "config:",
    ...(endpoint === null
      ? []
      : [
          "  # Another Twilio than Twilio itself, such as a local one.",
          `  twilio:endpoint: ${plain(endpoint)}`,
        ]),
    "  # The account that this stage is deployed to; credentials of any other are refused before anything is written.",
    `  ${project}:accountSid: ${accountSid}`,
    "  # The numbers that customers write to.",
    `  ${project}:lines:`,
    `    - name: ${plain(line)}`,
    "      # sms, whatsapp with addresses like whatsapp:+…, or voice for calls",
    `      channel: ${channel}`,
    "      # A number or sender of the account; nobody else may answer it.",
    `      address: ${scalar(address)}`,
    "      # What answers: a file in flow-templates.",
    `      flow: ${plain(flow)}`,
    ...(agents.length === 0
      ? []
      : [
          "      # Who is asked, in this order.",
          `      agents: ${list(agents.map(({ name }) => name))}`,
          "      # The account's numbers that agents are reached from. An agent talks to one customer at a time from each.",
          `      proxies: ${list(all)}`,
          "  # The people who answer, each with a phone of their own that is not a number of the account.",
          `  ${project}:agents:`,
        ]),
    ...agents.flatMap(({ name, address: phone }) => [
      `    - name: ${plain(name)}`,
      `      address: ${scalar(phone)}`,
    ]),
    ...(flexAnswerWithin === null
      ? []
      : [
          "  # Customers are handed over to Flex; answerWithin: minutes that one of them waits for an agent.",
          `  ${project}:flex:`,
          `    answerWithin: ${flexAnswerWithin}`,
        ]),
    ...`${optional}${agents.length === 0 ? agentsOptional : ""}${flexAnswerWithin === null ? flexOptional : ""}`
      .trim()
      .split("\n")
      .map((text) => `  ${text.replaceAll("PROJECT:", `${project}:`)}`),
    "",
  ].join("\n");
}
