/** Opens a Conversation on a deployed stage, by calling its protected Function as Twilio would: signed. */
import { signRequest } from "@support-line/functions-runtime";
import { CliError } from "../errors.ts";
import { stageOutputs, stageSetting } from "./outputs.ts";
import type { Command } from "commander";

export interface OpenOptions {
  readonly line: string;
  /** The customer's address, for a new Conversation. */
  readonly to?: string;
  /** An existing Conversation, to be answered by the line's Flow. */
  readonly conversation?: string;
}

/** Name of the Function; its parameters are in functions/start-conversation.protected.ts. */
const functionPath = "/start-conversation";

/**
 * Opens a Conversation with a customer, or makes an existing one whole. Answers its SID.
 *
 * @throws CliError when the stage has no such line, no auth token is at hand, or the Function refuses
 */
export async function openConversation(stage: string, options: OpenOptions): Promise<string> {
  const { functionsDomain, endpoint, lines } = await stageOutputs(stage);
  if (!lines.some(({ name }) => name === options.line)) {
    const known = lines.map(({ name }) => name).join(", ");
    throw new CliError("no-such-line", { line: options.line, stage, known });
  }
  const token = process.env.TWILIO_AUTH_TOKEN ?? (await stageSetting(stage, "twilio:authToken"));
  if (token === null) throw new CliError("no-auth-token", { stage });
  const parameters = {
    line: options.line,
    ...(options.to === undefined ? {} : { address: options.to }),
    ...(options.conversation === undefined ? {} : { conversationSid: options.conversation }),
  };
  const url = `https://${functionsDomain}${functionPath}`;
  const response = await fetch(endpoint === "" ? url : `${endpoint}/${functionsDomain}${functionPath}`, {
    method: "POST",
    headers: { "x-twilio-signature": signRequest(token, url, parameters) },
    body: new URLSearchParams(parameters),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new CliError("function-refused", { status: String(response.status), problem: text });
  }
  return (JSON.parse(text) as { conversationSid: string }).conversationSid;
}

interface Flags {
  readonly line: string;
  readonly to?: string;
  readonly conversation?: string;
  readonly json?: boolean;
}

/** `npm run stage -- open`. */
export function addOpen(program: Command): void {
  program
    .command("open")
    .description("Opens a Conversation that a line's Flow answers, or makes an existing one whole.")
    .argument("<stage>", "local, dev, …")
    .requiredOption("--line <name>", "the line that speaks")
    .option("--to <address>", "the customer's address, for a new Conversation")
    .option("--conversation <sid>", "an existing Conversation, CH…")
    .option("--json", "for machines")
    .action(async (stage: string, { json = false, ...options }: Flags) => {
      if ((options.to === undefined) === (options.conversation === undefined)) {
        throw new CliError("one-of", { options: "--to and --conversation" });
      }
      const conversationSid = await openConversation(stage, options);
      console.log(
        json
          ? JSON.stringify({ conversationSid })
          : `${conversationSid} is open; the line's Flow answers it.`,
      );
    });
}
