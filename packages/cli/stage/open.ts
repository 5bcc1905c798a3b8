/** Opens a Conversation on a deployed stage, by calling its protected Function as Twilio would: signed. */
import { signRequest } from "@support-line/functions-runtime";
import { keepSecret } from "../edge/secrets.ts";
import { jsonOf, send, type Sent } from "../edge/send.ts";
import { CliError } from "../errors.ts";
import { ambientCredentials } from "../twilio/login.ts";
import { TwilioRefusal } from "../twilio/refusal.ts";
import { stageOutputs, stageSetting } from "./outputs.ts";
import type { Command } from "commander";
import { z } from "zod";

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
  const token = ambientCredentials(process.env).token ?? (await stageSetting(stage, "twilio:authToken"));
  if (token === null) throw new CliError("no-auth-token", { stage });
  keepSecret(token);
  const parameters = {
    line: options.line,
    ...(options.to === undefined ? {} : { address: options.to }),
    ...(options.conversation === undefined ? {} : { conversationSid: options.conversation }),
  };
  const url = `https://${functionsDomain}${functionPath}`;
  const sent = await send(endpoint === "" ? url : `${endpoint}/${functionsDomain}${functionPath}`, {
    method: "POST",
    headers: { "x-twilio-signature": signRequest(token, url, parameters) },
    body: new URLSearchParams(parameters),
  });
  if (!sent.ok) throw refusedBy(stage, sent);
  return answer.parse(jsonOf(sent)).conversationSid;
}

const answer = z.object({ conversationSid: z.string() });

function refusedBy(stage: string, { host, status, text }: Sent): CliError {
  const isLogin = status === 401 || status === 403;
  const advice = isLogin ? `; set TWILIO_AUTH_TOKEN to the token of stage ${stage}'s account` : "";
  const { problem } = TwilioRefusal.from(status, host, text);
  return new CliError("function-refused", {
    host,
    status: String(status),
    problem: problem.replace(/\.$/, ""),
    advice,
  });
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
    .option("--json", "print JSON")
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
