/** A call as the local Twilio's log shows it. */
export interface LoggedCall {
  readonly method: string;
  readonly path: string;
  readonly status: number | "dropped";
}

/** Calls the control prefix of a local Twilio. */
export async function control(
  endpoint: string,
  path: string,
  method = "GET",
  body?: object,
): Promise<unknown> {
  const headers = { accept: "application/json", "content-type": "application/json" };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const answer = await fetch(`${endpoint}/_local/v1/${path}`, init);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** The API calls since the log was last cleared. */
export async function loggedCalls(endpoint: string): Promise<readonly LoggedCall[]> {
  return ((await control(endpoint, "calls")) as { calls: LoggedCall[] }).calls;
}

/** Calls that came back as an error of Twilio's, or not at all. */
export function faultsIn(calls: readonly LoggedCall[]): number {
  return calls.filter(({ status }) => status === "dropped" || status === 429 || status >= 500).length;
}
