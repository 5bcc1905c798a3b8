/** What can happen to an Execution that waits, in words and as events. */
import type { Effect, EngineEvent, JsonObject } from "@support-line/studio";
import { variations } from "./objects.ts";
import { everyValue, wantedBelow, type Wanted } from "./wanted.ts";

export interface Move {
  /** As a step of a script: `replies "yes"`. */
  readonly words: string;
  readonly event: EngineEvent;
}

const call: JsonObject = { CallSid: `CA${"0".repeat(32)}`, CallStatus: "completed", From: "+15550100201" };
const error = { code: 30003, message: "Unreachable destination handset" };

/**
 * Every move that an effect can be answered by.
 *
 * @param sentId the message that asks for a reply, which may not arrive
 * @param isConversation whether messages come in a Conversation
 */
export function movesFor(
  effect: Effect,
  { wanted, sentId, isConversation }: { wanted: Wanted; sentId: string | null; isConversation: boolean },
): Move[] {
  if (!("id" in effect)) return [];
  const { id, type } = effect;
  const state = "state" in effect ? effect.state : "";
  switch (type) {
    case "sendMessage":
      return [
        { words: "is sent", event: { type: "messageSent", id, message: { Sid: "SM1", Body: effect.body } } },
        { words: "is refused", event: { type: "messageFailed", id, error } },
      ];
    case "waitForReply":
      return [
        ...replies(state, wanted).map((message): Move => ({
          words: `replies ${JSON.stringify(message["Body"] ?? "")}`,
          event: isConversation
            ? { type: "replied", message, conversation: message }
            : { type: "replied", message },
        })),
        { words: "replies nothing in time", event: { type: "timedOut", id } },
        ...(sentId === null
          ? []
          : [{ words: "is not reached", event: { type: "messageFailed", id: sentId, error } } as const]),
      ];
    case "runFunction":
    case "makeRequest":
      return answers(id, state, wanted);
    default:
      return otherMoves(id, type, state, wanted);
  }
}

/** What happens, in the words of a script. */
export function saidOf(event: EngineEvent): string {
  const quoted = (text: unknown) => JSON.stringify(text ?? "");
  switch (event.type) {
    case "started": {
      const [given] = Object.values(event.start.trigger);
      const body = typeof given === "object" && given !== null ? (given as JsonObject)["Body"] : undefined;
      return body === undefined ? event.trigger : `${event.trigger} ${quoted(body)}`;
    }
    case "replied":
      return `replies ${quoted(event.message["Body"])}`;
    case "answered": {
      const { response } = event;
      if (response === null) return "does not answer";
      const status = response.status === 200 ? "" : `${response.status} `;
      return `answers ${status}${response.contentType === "application/json" ? response.body : quoted(response.body)}`;
    }
    case "keysPressed":
      return `presses ${event.digits}`;
    case "spoken":
      return `says ${quoted(event.text)}`;
    default:
      return event.type;
  }
}

function replies(state: string, wanted: Wanted): JsonObject[] {
  const inbound = wantedBelow(wanted, `widgets.${state}.inbound`);
  const bodies = [...new Set([...(inbound.get("Body") ?? []), ...everyValue(wanted)])].slice(0, 20);
  inbound.set("Body", bodies);
  return variations(inbound, { Body: "hello", From: "+15550100201", Author: "+15550100201", NumMedia: "0" });
}

function answers(id: string, state: string, wanted: Wanted): Move[] {
  const parsed = wantedBelow(wanted, `widgets.${state}.parsed`);
  const bodies = [...(wanted.get(`widgets.${state}.body`) ?? [])];
  const json = variations(parsed, {}).map((body): Move => ({
    words: `answers ${JSON.stringify(body)}`,
    event: answered(id, 200, "application/json", JSON.stringify(body)),
  }));
  const texts = bodies.map((body): Move => ({
    words: `answers ${JSON.stringify(body)}`,
    event: answered(id, 200, "text/plain", body),
  }));
  return [
    ...json,
    ...texts,
    { words: "answers 500", event: answered(id, 500, "text/plain", "") },
    ...(parsed.size === 0 ? [] : json.slice(1, 2).map(failing)),
    { words: "does not answer", event: { type: "answered", id, response: null } },
  ];
}

/** A failure that says something all the same. */
function failing({ event }: Move): Move {
  if (event.type !== "answered" || event.response === null) return { words: saidOf(event), event };
  const failed: EngineEvent = { ...event, response: { ...event.response, status: 500 } };
  return { words: saidOf(failed), event: failed };
}

function answered(id: string, status: number, contentType: string, body: string): EngineEvent {
  return { type: "answered", id, response: { status, contentType, body, headers: {} } };
}

/** What happens on calls and in hand-overs: every outcome there is. */
function otherMoves(id: string, type: Effect["type"], state: string, wanted: Wanted): Move[] {
  const pressed = wanted.get(`widgets.${state}.Digits`) ?? new Set<string>();
  const said = wanted.get(`widgets.${state}.SpeechResult`) ?? new Set<string>();
  const digits = [...new Set(["1", ...pressed, ...everyValue(wanted)])].filter((text) =>
    /^[\d*#]+$/.test(text),
  );
  const moves = (...events: (readonly [string, object])[]): Move[] =>
    events.map(([words, event]) => ({ words, event: { id, ...event } as EngineEvent }));
  const hangsUp = moves(["hangs up", { type: "hungUp", call }]);
  const byType: Partial<Record<Effect["type"], () => Move[]>> = {
    say: () => moves(["listens", { type: "played" }]),
    gather: () => [
      ...moves(
        ...digits.map((keys) => [`presses ${keys}`, { type: "keysPressed", digits: keys, call }] as const),
      ),
      ...moves(
        ...["hello", ...said].map(
          (text) =>
            [`says ${JSON.stringify(text)}`, { type: "spoken", text, confidence: 0.9, call }] as const,
        ),
      ),
      ...moves(["is silent", { type: "timedOut" }]),
    ],
    dial: () =>
      moves(
        ...["completed", "busy", "no-answer", "failed"].map(
          (status) =>
            [
              `dial ends ${status}`,
              { type: "dialEnded", call: { ...call, DialCallStatus: status } },
            ] as const,
        ),
      ),
    makeCall: () => [
      ...moves(["picks up", { type: "callAnswered", call }]),
      ...moves(
        ...["busy", "noAnswer", "failed"].map(
          (outcome) => [`is ${outcome}`, { type: "callNotAnswered", outcome, call }] as const,
        ),
      ),
    ],
    enqueue: () =>
      moves(
        ...["callComplete", "failedToEnqueue", "callFailure"].map(
          (outcome) => [`queue ends ${outcome}`, { type: "dequeued", outcome, call }] as const,
        ),
      ),
    recordCall: () =>
      moves(
        ["recording changes", { type: "recordingChanged", succeeded: true, recording: {} }],
        ["recording fails", { type: "recordingChanged", succeeded: false, recording: {} }],
      ),
    recordVoicemail: () =>
      moves(["leaves a message", { type: "recorded", call }], ["records nothing", { type: "timedOut" }]),
    pay: () =>
      moves(
        ...[
          "success",
          "maxFailedAttempts",
          "providerError",
          "payInterrupted",
          "hangup",
          "validationError",
        ].map((outcome) => [`payment ${outcome}`, { type: "paid", outcome, call }] as const),
      ),
    stream: () => moves(["streams", { type: "streamChanged" }]),
    virtualAgent: () =>
      moves(
        ...["completed", "live-agent-handoff", "failed", "paused", "timeout"].map(
          (outcome) => [`agent ${outcome}`, { type: "agentEnded", outcome, call }] as const,
        ),
      ),
    conversationRelay: () =>
      moves(
        ["relay ends", { type: "relayEnded", succeeded: true, call }],
        ["relay fails", { type: "relayEnded", succeeded: false, call }],
      ),
    sendToFlex: () =>
      moves(
        ...["callComplete", "failedToEnqueue", "callFailure"].map(
          (outcome) => [`hand-over ${outcome}`, { type: "handedOver", outcome, variables: {} }] as const,
        ),
      ),
    redirect: () =>
      moves(
        ["comes back", { type: "returned", parameters: {} }],
        ["does not come back", { type: "timedOut" }],
      ),
    startConversation: () => opened(id),
    resumeConversation: () => opened(id),
  };
  const own = byType[type]?.() ?? moves(["times out", { type: "timedOut" }]);
  return ["sendToFlex", "redirect", "startConversation", "resumeConversation"].includes(type)
    ? own
    : [...own, ...hangsUp];
}

function opened(id: string): Move[] {
  const conversation = { sid: `CH${"0".repeat(32)}`, state: "active", participants: [] };
  return [
    {
      words: "the Conversation opens",
      event: { type: "conversationOpened", id, conversation, webhookSid: `WH${"0".repeat(32)}` },
    },
    { words: "the Conversation does not open", event: { type: "conversationFailed", id, error } },
  ];
}
