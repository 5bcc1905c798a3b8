/** A phone for tests: everything that its owner can do, over HTTP. */
import type { TestTwilio } from "../../testing/local.ts";
import type { VoiceCall } from "../calls.ts";

/** A call as control shows it. */
export interface SeenCall extends Pick<
  VoiceCall,
  "sid" | "status" | "direction" | "from" | "to" | "executionSid" | "parentSid" | "lines"
> {
  readonly asks: { readonly type: string; readonly widget: string; readonly until: string | null } | null;
}

async function act(local: TestTwilio, path: string, body: object = {}): Promise<SeenCall> {
  const answer = await local.control("POST", path, body);
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  await local.twilio.idle();
  return answer.body as unknown as SeenCall;
}

/** Calls a number. Answers the call as it is when nothing moves any more. */
export async function callIn(local: TestTwilio, handset: string, to: string): Promise<SeenCall> {
  return see(local, await act(local, `handsets/${encodeURIComponent(handset)}/calls`, { to }));
}

/** A call as it is now. */
export async function see(local: TestTwilio, { sid }: Pick<SeenCall, "sid">): Promise<SeenCall> {
  return (await local.control("GET", `calls/${sid}`)).body as unknown as SeenCall;
}

/** The calls of a handset, oldest first. */
export async function ofHandset(local: TestTwilio, handset: string): Promise<SeenCall[]> {
  const { body } = await local.control("GET", `handsets/${encodeURIComponent(handset)}/calls`);
  return body["calls"] as unknown as SeenCall[];
}

export const answer = (local: TestTwilio, { sid }: SeenCall) => act(local, `calls/${sid}/answer`);
export const hangUp = (local: TestTwilio, { sid }: SeenCall) => act(local, `calls/${sid}/hangup`);
export const press = (local: TestTwilio, { sid }: SeenCall, keys: string) =>
  act(local, `calls/${sid}/keys`, { keys });
export const say = (local: TestTwilio, { sid }: SeenCall, text: string) =>
  act(local, `calls/${sid}/speech`, { text });

/** What was said by others than the caller of a line, in order. */
export const spoken = ({ lines }: SeenCall): string[] =>
  lines.filter(({ kind, from }) => kind === "says" && from !== "").map(({ text }) => text);
