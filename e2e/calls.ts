/** One REST call, as the local Twilio logged it. */
export interface LoggedCall {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: number;
}

/** The REST calls that were made while `work` ran. */
export async function callsDuring(
  stage: { readonly twilio: { readonly endpoint: string } },
  work: () => Promise<unknown>,
): Promise<LoggedCall[]> {
  const calls = `${stage.twilio.endpoint}/_local/v1/calls`;
  await fetch(calls, { method: "DELETE" });
  await work();
  const answer = (await (await fetch(calls)).json()) as { calls: LoggedCall[] };
  return answer.calls;
}
