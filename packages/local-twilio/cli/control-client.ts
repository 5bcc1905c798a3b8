/** Calls to `/_local/v1` of a running local Twilio. */
import { CommandError } from "./errors.ts";

/** Longest that an answer may take; `idle` alone waits for what the Twilio has to do. */
const usualSeconds = 15;

/** Whoever was asked took the request and said nothing. */
export class NoAnswer extends CommandError {
  constructor(endpoint: string, seconds: number) {
    super(
      3,
      `The local Twilio at ${endpoint} did not answer within ${seconds} s: look into its log, or end that process and start it again; LOCAL_TWILIO_TIMEOUT (seconds) gives it longer.`,
    );
  }
}

/**
 * Calls a route and answers its body.
 *
 * @throws CommandError with exit code 2 for what it refuses, 3 when nobody answers, or not in time (`NoAnswer`)
 */
export async function control<Answer>(
  endpoint: string,
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: unknown,
): Promise<Answer> {
  const headers = { accept: "application/json", "content-type": "application/json" };
  const seconds = patience();
  const signal = path === "idle" ? null : AbortSignal.timeout(seconds * 1000);
  let response;
  let text;
  try {
    const init = { method, headers, signal, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    response = await fetch(`${endpoint}/_local/v1/${path}`, init);
    text = await response.text();
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") throw new NoAnswer(endpoint, seconds);
    throw new CommandError(
      3,
      `The local Twilio at ${endpoint} does not answer (${reasonOf(error)}): start it with npx local-twilio start.`,
    );
  }
  const answer = parsed(text);
  if (response.ok && answer !== undefined) return answer as Answer;
  if (answer === undefined) {
    throw new CommandError(
      3,
      `What answers at ${endpoint} is not a local Twilio (status ${response.status}).`,
    );
  }
  const message =
    reasonIn(answer) ?? `What answers at ${endpoint} refuses ${path} (status ${response.status}).`;
  throw new CommandError(response.status < 500 ? 2 : 3, message);
}

/** @throws CommandError for a setting that is no number */
function patience(): number {
  const given = process.env["LOCAL_TWILIO_TIMEOUT"] ?? "";
  if (given === "") return usualSeconds;
  const seconds = Number(given);
  if (seconds > 0 && seconds <= 600) return seconds;
  throw new CommandError(2, `LOCAL_TWILIO_TIMEOUT ${given} is not a number of seconds up to 600`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What the local Twilio says of a refusal, `{error: {message}}`. */
function reasonIn(answer: unknown): string | undefined {
  const { error } = (answer ?? {}) as { error?: { message?: unknown } };
  return typeof error?.message === "string" ? error.message : undefined;
}

/** Node's code of what happened: `ECONNREFUSED`. */
function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : { cause: undefined };
  const code = (cause as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" ? code : "the connection was cut";
}
