/** TwiML on a call in text: Say, Play, Pause and Hangup. What else there is, is named and ends the call. */
import { XMLParser } from "fast-xml-parser";
import type { Twilio } from "../product.ts";
import { callWebhook } from "../webhooks/call-webhook.ts";
import { callParameters, findCall, isLive, type VoiceCall } from "./calls.ts";
import { addLine, setStatus } from "./changes.ts";
import { endCall } from "./ends.ts";

/** Twilio waits this long for the answer, https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides */
const timeoutMs = 15_000;
const attributes = ":@";
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
});

/** Plays TwiML to the call, and hangs up. */
export function playTwiml(twilio: Twilio, sid: string, twiml: string): void {
  let call = findCall(twilio, sid);
  if (!call || !isLive(call)) return;
  for (const { name, text } of readVerbs(twiml)) {
    if (name === "Hangup") break;
    if (name === "Say") call = addLine(twilio, call, "says", text);
    else if (name === "Play") call = addLine(twilio, call, "plays", text);
    else if (name !== "Pause") {
      call = addLine(twilio, call, "note", `<${name}> is not played on a call in text`);
      break;
    }
  }
  endCall(twilio, call);
}

/** The voice webhook of a number answers the call. */
export async function answerByWebhook(
  twilio: Twilio,
  { sid }: VoiceCall,
  url: string,
  method: "GET" | "POST",
): Promise<void> {
  const ringing = findCall(twilio, sid);
  if (!ringing) return;
  const parameters = callParameters(twilio, ringing);
  const outcome = await callWebhook(twilio, { url, method, parameters, timeoutMs });
  twilio.store.transaction(() => {
    const call = findCall(twilio, sid);
    if (!call || !isLive(call)) return;
    if (outcome.kind === "failed" || outcome.status >= 400) {
      const reason = outcome.kind === "failed" ? outcome.reason : `${url} answered ${outcome.status}`;
      twilio.services.monitor.alert({
        code: 11200,
        level: "error",
        text: reason,
        resourceSid: sid,
        serviceSid: null,
      });
      endCall(twilio, addLine(twilio, call, "note", reason));
      return;
    }
    if (call.status === "ringing") setStatus(twilio, call, "in-progress");
    playTwiml(twilio, sid, outcome.body);
  });
}

export interface Verb {
  readonly name: string;
  readonly text: string;
  /** Of a Redirect. */
  readonly method: "GET" | "POST";
}

/** The verbs of a TwiML document, in order; none for what is no TwiML. */
export function readVerbs(twiml: string): Verb[] {
  const nodes = parser.parse(twiml) as readonly Readonly<Record<string, unknown>>[];
  const response = nodes.find((node) => Array.isArray(node["Response"]))?.["Response"];
  if (!Array.isArray(response)) return [];
  return (response as readonly Readonly<Record<string, unknown>>[]).flatMap((node) => {
    const [name] = Object.keys(node).filter((key) => !key.startsWith(":") && key !== "#text");
    return name === undefined ? [] : [{ name, text: textOf(node[name]), method: methodOf(node[attributes]) }];
  });
}

function methodOf(given: unknown): "GET" | "POST" {
  const method: unknown = typeof given === "object" && given !== null && "method" in given && given.method;
  return method === "GET" ? "GET" : "POST";
}

function textOf(inner: unknown): string {
  if (!Array.isArray(inner)) return "";
  return (inner as readonly Readonly<Record<string, unknown>>[])
    .map((node) => (typeof node["#text"] === "string" ? node["#text"] : ""))
    .join("")
    .trim();
}
