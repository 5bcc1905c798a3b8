/** Calls to `/_local/v1` of a running local Twilio. */
import { CommandError } from "./errors.ts";

/** Calls a route and answers its body. Throws with exit code 2 for what it refuses, 3 when nobody answers. */
export async function control<Answer>(
  endpoint: string,
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: unknown,
): Promise<Answer> {
  const headers = { accept: "application/json", "content-type": "application/json" };
  let response;
  try {
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    response = await fetch(`${endpoint}/_local/v1/${path}`, init);
  } catch (error) {
    throw new CommandError(3, `The local Twilio at ${endpoint} does not answer: ${String(error)}`);
  }
  const answer: unknown = await response.json();
  if (response.ok) return answer as Answer;
  const message = (answer as { error?: { message?: string } }).error?.message ?? `status ${response.status}`;
  throw new CommandError(response.status < 500 ? 2 : 3, message);
}
