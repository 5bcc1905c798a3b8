/** `fetch` for the commands: it ends in time, and what it throws names the host and holds nothing of the request. */
import { CliError } from "../errors.ts";
import { unanswered } from "./network.ts";
import { answerMs } from "./timeout.ts";

export interface Sent {
  readonly host: string;
  readonly status: number;
  readonly ok: boolean;
  readonly text: string;
}

/**
 * Sends a request and reads the whole answer, whatever its status.
 *
 * @throws CliError `unreachable` when no answer comes
 */
export async function send(url: string, init: RequestInit): Promise<Sent> {
  const { host } = new URL(url);
  const signal = AbortSignal.timeout(answerMs());
  try {
    const response = await fetch(url, { ...init, signal });
    return { host, status: response.status, ok: response.ok, text: await response.text() };
  } catch (error) {
    throw unreachable(host, error);
  }
}

/**
 * An error of the network as the commands say it; any other one as it is.
 *
 * @param host that was asked
 */
export function unreachable(host: string, error: unknown): Error {
  const found = unanswered(error);
  if (found === null) return error instanceof Error ? error : new Error(String(error));
  const { problem, advice } = found;
  const isLocal = /^(127\.|localhost\b|\[::1\])/.test(host) && problem.includes("ECONNREFUSED");
  return new CliError("unreachable", {
    host,
    problem,
    advice: isLocal ? "where it is a local Twilio, start it: npx local-twilio start" : advice,
  });
}

/**
 * What an answer says as JSON.
 *
 * @throws CliError `unreachable` when it is none, as from a proxy in between
 */
export function jsonOf({ host, text }: Sent): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CliError("unreachable", {
      host,
      problem: "what came back is not JSON",
      advice: "check whether a proxy or another program answers in its place",
    });
  }
}
