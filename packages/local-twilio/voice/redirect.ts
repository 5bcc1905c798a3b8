/** A call goes on by TwiML for a while: its Flow waits until the TwiML redirects it back, or the call is over. */
import { limits } from "../limits.ts";
import type { Twilio } from "../product.ts";
import { callWebhook } from "../webhooks/call-webhook.ts";
import { callOfExecution, callParameters, findCall, isLive, saveCall, type VoiceCall } from "./calls.ts";
import { addLine, setStatus } from "./changes.ts";
import { endCall } from "./ends.ts";
import type { Verb } from "./twiml.ts";

/** Twilio waits this long for an answer; the limits are those of messages. */
const timeoutMs = 15_000;
const { redirects: mostRedirects } = limits.answer;

/** Has the call of an Execution go on by the TwiML at a URL. The Execution stops when nothing brings the call back. */
export async function redirectCall(
  twilio: Twilio,
  executionSid: string,
  incomingSid: string,
  firstUrl: string,
  firstMethod: "GET" | "POST",
): Promise<void> {
  const { readVerbs } = await import("./twiml.ts");
  let [url, method] = [firstUrl, firstMethod];
  const sid = adopted(twilio, executionSid, incomingSid);
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const call = findCall(twilio, sid);
    if (!call || !isLive(call)) return over(twilio, executionSid);
    const outcome = await callWebhook(twilio, {
      url,
      method,
      parameters: callParameters(twilio, call),
      timeoutMs,
    });
    if (outcome.kind === "failed" || outcome.status >= 400) {
      const reason = outcome.kind === "failed" ? outcome.reason : `${url} answered ${outcome.status}`;
      const alert = { code: 11200, level: "error", resourceSid: sid, serviceSid: null } as const;
      twilio.services.monitor.alert({ ...alert, text: reason });
      return end(twilio, executionSid, sid, reason);
    }
    const next = play(twilio, sid, readVerbs(outcome.body));
    if (next === null) return end(twilio, executionSid, sid, null);
    url = URL.canParse(next.url, url) ? new URL(next.url, url).href : next.url;
    method = next.method;
    if (isReturn(url)) {
      const back = findCall(twilio, sid);
      if (back) {
        await callWebhook(twilio, { url, method, parameters: callParameters(twilio, back), timeoutMs });
      }
      return;
    }
  }
  end(twilio, executionSid, sid, `more than ${mostRedirects} redirects`);
}

function isReturn(url: string): boolean {
  return URL.canParse(url) && new URL(url).searchParams.get("FlowEvent") === "return";
}

/** The call that an Execution is on, or the one that started it, which is its own from now on. */
function adopted(twilio: Twilio, executionSid: string, incomingSid: string): string {
  const own = callOfExecution(twilio, executionSid);
  const call = own ?? findCall(twilio, incomingSid);
  if (!call) return "";
  if (!own) saveCall(twilio, { ...call, executionSid });
  if (call.status === "ringing") setStatus(twilio, { ...call, executionSid }, "in-progress");
  return call.sid;
}

/** Says what there is to say; answers where to go on, null when the call is to end. */
function play(
  twilio: Twilio,
  sid: string,
  verbs: readonly Verb[],
): { url: string; method: "GET" | "POST" } | null {
  let call: VoiceCall | undefined = findCall(twilio, sid);
  for (const { name, text, method } of verbs) {
    if (!call || name === "Hangup") return null;
    if (name === "Redirect") return { url: text, method };
    if (name === "Say") call = addLine(twilio, call, "says", text);
    else if (name === "Play") call = addLine(twilio, call, "plays", text);
    else if (name !== "Pause") {
      call = addLine(twilio, call, "note", `<${name}> is not played on a call in text`);
    }
  }
  return null;
}

function end(twilio: Twilio, executionSid: string, sid: string, reason: string | null): void {
  twilio.store.transaction(() => {
    const call = findCall(twilio, sid);
    if (call && isLive(call)) endCall(twilio, reason === null ? call : addLine(twilio, call, "note", reason));
    over(twilio, executionSid);
  });
}

function over(twilio: Twilio, executionSid: string): void {
  twilio.services.studio.callEvent(executionSid, { type: "stopped" });
}
