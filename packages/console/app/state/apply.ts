/** What an event changes of what the page knows. Pure: whoever needs more than the event says asks for it afterwards. */
import type { Execution, TwilioEvent } from "../api/shapes.ts";
import type { Followed, Model, Phone, PhoneMessage } from "./model.ts";
import { withPhone } from "./phone.ts";

/** How much of a phone, and how many Executions, the page keeps. */
const kept = { messages: 300, executions: 2000 };

/** The model after an event. */
export function apply(model: Model, event: TwilioEvent): Model {
  const [area = ""] = event.type.split(".");
  const ahead = Math.abs(Date.parse(event.at) - Date.now() - model.ahead) > 60_000;
  const timed = ahead ? { ...model, ahead: Date.parse(event.at) - Date.now() } : model;
  switch (area) {
    case "message":
      return messageEvent(timed, event);
    case "execution":
      return executionEvent(timed, event);
    case "step":
      return stepEvent(timed, event);
    case "function":
      return moved({ ...timed, invocations: timed.invocations + 1 }, text(event.data["executionSid"]));
    case "deployment":
      return { ...timed, deployments: timed.deployments + 1 };
    case "conversation":
      return conversationEvent(timed, event);
    case "task":
    case "call":
      return remember(timed, event);
    default:
      return timed;
  }
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

function messageEvent(model: Model, { sid, type, at, data }: TwilioEvent): Model {
  const address = text(data["handset"]);
  if (address === "") return model;
  const isSent = data["direction"] === "inbound";
  const phone: Phone = model.phones[address] ?? { address, messages: [] };
  const message: PhoneMessage = {
    sid,
    direction: isSent ? "sent" : "received",
    other: text(isSent ? data["to"] : data["from"]),
    body: text(data["body"]),
    media: urls(data["media"]).map((url) => ({ url, contentType: "" })),
    at,
    status: isSent ? "delivered" : type.slice("message.".length),
    errorCode: typeof data["errorCode"] === "number" ? data["errorCode"] : null,
    conversationSid: textOrNull(data["conversationSid"]),
    messageSid: textOrNull(data["messageSid"]),
  };
  return withPhone(model, { address, messages: withMessage(phone.messages, message) });
}

function urls(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** A message that is there already changes its status; one that was typed here gets its SID when it comes back. */
function withMessage(messages: readonly PhoneMessage[], message: PhoneMessage): PhoneMessage[] {
  const known = messages.findLastIndex(({ sid }) => sid === message.sid);
  if (known >= 0) {
    return messages.map((one, at) =>
      at === known ? { ...one, status: message.status, errorCode: message.errorCode } : one,
    );
  }
  const typed =
    message.direction === "sent"
      ? messages.findIndex(
          ({ status, body, other }) =>
            status === "sending" && body === message.body && other === message.other,
        )
      : -1;
  if (typed >= 0) return messages.map((one, at) => (at === typed ? { ...message, media: one.media } : one));
  return [...messages, message].slice(-kept.messages);
}

function conversationEvent(model: Model, { type, sid }: TwilioEvent): Model {
  if (type !== "conversation.removed") return model;
  const conversations = new Map(model.conversations);
  conversations.delete(sid);
  return { ...model, conversations };
}

function executionEvent(model: Model, { sid, parent, type, at, data }: TwilioEvent): Model {
  const known = model.executions.get(sid);
  switch (type) {
    case "execution.started":
      return withExecution(model, {
        sid,
        flowSid: parent ?? "",
        revision: typeof data["revision"] === "number" ? data["revision"] : null,
        status: "active",
        endedBy: null,
        trigger: textOrNull(data["trigger"]),
        contact: text(data["contact"]),
        conversationSid: textOrNull(data["conversationSid"]),
        began: at,
        ended: null,
        state: "",
        steps: 0,
        waiting: null,
        failures: [],
      });
    case "execution.waiting":
      return known === undefined
        ? model
        : withExecution(model, {
            ...known,
            state: text(data["state"]),
            waiting: { for: text(data["for"]), until: textOrNull(data["until"]) },
          });
    case "execution.ended":
      return known === undefined
        ? model
        : withExecution(model, {
            ...known,
            status: "ended",
            endedBy: text(data["by"]),
            ended: at,
            waiting: null,
          });
    default:
      return moved(model, sid);
  }
}

function stepEvent(model: Model, { type, parent, data }: TwilioEvent): Model {
  const known = model.executions.get(parent ?? "");
  if (known === undefined) return model;
  if (type === "step.entered") {
    return withExecution(model, {
      ...known,
      state: text(data["state"]),
      steps: known.steps + 1,
      waiting: null,
    });
  }
  return moved(model, known.sid);
}

function withExecution(model: Model, execution: Execution): Model {
  const executions = new Map(model.executions);
  // A new one goes first; one that is known keeps its place.
  if (!executions.has(execution.sid)) {
    const others = [...executions].slice(0, kept.executions - 1);
    return moved({ ...model, executions: new Map([[execution.sid, execution], ...others]) }, execution.sid);
  }
  executions.set(execution.sid, execution);
  return moved({ ...model, executions }, execution.sid);
}

function moved(model: Model, sid: string): Model {
  if (sid === "") return model;
  return {
    ...model,
    latestExecution: sid,
    moves: new Map(model.moves).set(sid, (model.moves.get(sid) ?? 0) + 1),
  };
}

/** The model after an event of a task or a call, also one from before the page was opened. */
export function remember(model: Model, event: TwilioEvent): Model {
  return event.type.startsWith("task.")
    ? { ...model, tasks: followed(model.tasks, event) }
    : { ...model, calls: followed(model.calls, event) };
}

function followed(
  all: ReadonlyMap<string, Followed>,
  { sid, type, at, data }: TwilioEvent,
): Map<string, Followed> {
  const what = type.slice(type.indexOf(".") + 1);
  const known = all.get(sid);
  const said =
    ["text", "said", "speech", "digits", "body"].map((name) => text(data[name])).find(Boolean) ?? "";
  const line = { at, who: text(data["from"]), what, text: said };
  const lines = said === "" ? (known?.lines ?? []) : [...(known?.lines ?? []), line];
  // What is said in a call leaves its state as it is.
  const status = statuses.has(what) ? { status: what } : {};
  return new Map(all).set(sid, { sid, what, at, about: { ...known?.about, ...data, ...status }, lines });
}

/** Events of a call that say how it stands. */
const statuses = new Set([
  "queued",
  "ringing",
  "in-progress",
  "completed",
  "busy",
  "no-answer",
  "failed",
  "canceled",
]);
