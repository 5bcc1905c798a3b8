/**
 * Asks the control prefix of a local Twilio; with a body, POSTs it.
 *
 * @throws Error with what was answered when it is no success
 */
export async function askControl(endpoint: string, path: string, body?: object): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  const init = body && { method: "POST", body: JSON.stringify(body), headers };
  const response = await fetch(`${endpoint}/_local/v1/${path}`, init);
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}
