/** The kinds of widgets that a reader tells apart at a glance, by colour, icon and shape. */

export type Kind = "start" | "message" | "ask" | "logic" | "code" | "voice" | "people" | "flow" | "unknown";

/** By type: its kind, and what it does in a word or two. */
const types: Readonly<Record<string, readonly [Kind, string]>> = {
  "add-twiml-redirect": ["flow", "hands over to TwiML"],
  "capture-payments": ["ask", "takes a payment"],
  "connect-call-to": ["people", "connects the call"],
  "connect-virtual-agent": ["people", "virtual agent"],
  "connect-virtual-agent-v2": ["people", "virtual agent"],
  "enqueue-call": ["people", "puts the call in a queue"],
  "fork-stream": ["voice", "streams the call"],
  "gather-input-on-call": ["ask", "asks the caller"],
  "make-http-request": ["code", "asks a web server"],
  "make-outgoing-call-v1": ["people", "calls somebody"],
  "make-outgoing-call-v2": ["people", "calls somebody"],
  "record-call": ["voice", "records the call"],
  "record-voicemail": ["ask", "records a message"],
  "resume-conversation": ["flow", "resumes a Conversation"],
  "run-conversation-relay": ["people", "conversation relay"],
  "run-function": ["code", "runs a Function"],
  "run-function-v2": ["code", "runs a Function"],
  "run-subflow": ["flow", "runs another Flow"],
  "say-play": ["voice", "says"],
  "send-and-wait-for-reply": ["ask", "asks and waits"],
  "send-message": ["message", "sends"],
  "send-to-flex": ["people", "hands over to an agent"],
  "set-variables": ["logic", "notes"],
  "split-based-on": ["logic", "decides"],
  "start-conversation": ["flow", "starts a Conversation"],
  trigger: ["start", "starts"],
};

/** The kind of a widget type; `unknown` for one that Studio may have added yesterday. */
export function kindOf(type: string): Kind {
  return (Object.hasOwn(types, type) ? types[type]?.[0] : undefined) ?? "unknown";
}

/** What a widget of that type does, in a word or two; the type itself when it is not known. */
export function deedOf(type: string): string {
  return (Object.hasOwn(types, type) ? types[type]?.[1] : undefined) ?? type;
}
