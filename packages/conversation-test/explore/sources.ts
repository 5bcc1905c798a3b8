/** Where a value that a split looks at came from, on a way that was walked: which event brought it, and how it is changed there. */
import type { Effect, EngineEvent, JsonObject, State } from "@support-line/studio";
import { withValue } from "./objects.ts";
import { pathsIn } from "./wanted.ts";

/** A step of a way that was left. */
export interface WalkedStep {
  readonly state: string;
  readonly type: string;
  /** Which of the way's events it was left by, from 0. */
  readonly event: number;
  readonly transition: number | undefined;
  /** What the values of its conditions came to, by the condition's name. */
  readonly rendered: ReadonlyMap<string, string>;
}

/** A value in what an event brings. */
export interface Source {
  readonly event: number;
  readonly path: readonly string[];
}

/** Variables of variables are followed this far. */
const deepest = 6;

/**
 * The event that a variable's value came with; undefined when none did.
 *
 * @param path `flow.variables.tier`, `widgets.ask.inbound.Body`
 * @param before the step that looks at it
 */
export function sourceOf(
  path: string,
  before: number,
  { steps, events }: { readonly steps: readonly WalkedStep[]; readonly events: readonly EngineEvent[] },
  states: ReadonlyMap<string, State>,
  depth = 0,
): Source | undefined {
  const [root = "", first = "", second = "", ...rest] = path.split(".");
  const last = (wanted: (step: WalkedStep, at: number) => boolean) =>
    steps.findLastIndex((step, at) => at < before && wanted(step, at));
  const setBy = (at: number, key: string): Source | undefined => {
    const template = depth < deepest ? templateOf(states.get(steps[at]?.state ?? ""), key) : undefined;
    for (const each of pathsIn(template ?? "")) {
      const source = sourceOf(each, at, { steps, events }, states, depth + 1);
      if (source !== undefined) return source;
    }
    return undefined;
  };
  if (root === "widgets") {
    const at = last(({ state }) => state === first);
    const step = steps[at];
    if (step === undefined) return undefined;
    if (step.type === "set-variables") return setBy(at, second);
    return { event: step.event, path: [second, ...rest] };
  }
  if (root === "flow" && first === "variables") {
    return setBy(
      last(
        ({ state, type }) => type === "set-variables" && templateOf(states.get(state), second) !== undefined,
      ),
      second,
    );
  }
  if (root === "trigger" && first === "conversation") {
    // A reply in a Conversation is written there.
    const reply = steps[last(({ event }) => bringsConversation(events[event]))];
    if (reply !== undefined) return { event: reply.event, path: ["inbound", second, ...rest] };
  }
  return { event: 0, path: path.split(".") };
}

const bringsConversation = (event: EngineEvent | undefined) =>
  event?.type === "replied" && event.conversation !== undefined;

function templateOf(state: State | undefined, key: string): string | undefined {
  const variables = state?.properties["variables"];
  if (!Array.isArray(variables)) return undefined;
  const given = variables as readonly ({ key?: unknown; value?: unknown } | null)[];
  const value = given.findLast((each) => each?.key === key)?.value;
  return typeof value === "string" ? value : undefined;
}

const json = "application/json";

/**
 * The event with another value at a place, or the one that brings a value there; undefined when none of its kind can.
 *
 * @param awaited what waited for it
 * @param isConversation whether messages come in a Conversation
 */
export function withInput(
  event: EngineEvent,
  path: readonly string[],
  value: string,
  { awaited, isConversation }: { readonly awaited: Effect | undefined; readonly isConversation: boolean },
): EngineEvent | undefined {
  const [first = "", ...rest] = path;
  if (event.type === "started") return startedWith(event, path, value);
  const id = awaited !== undefined && "id" in awaited ? awaited.id : "";
  const type = awaited?.type;
  if (type === "waitForReply") {
    if (first !== "inbound") return undefined;
    const before = event.type === "replied" ? event.message : { From: "+15550100201" };
    const message = withValue(before, rest, value);
    return { type: "replied", message, ...(isConversation ? { conversation: message } : {}) };
  }
  if (type === "runFunction" || type === "makeRequest") return answeredWith(event, id, path, value);
  if (type === "gather" && first === "Digits") {
    return { type: "keysPressed", id, digits: value, call: callOf(event) };
  }
  if (type === "gather" && first === "SpeechResult") {
    return { type: "spoken", id, text: value, confidence: 0.9, call: callOf(event) };
  }
  if ("call" in event) return { ...event, call: withValue(event.call, path, value) };
  if (event.type === "returned") return { ...event, parameters: withValue(event.parameters, path, value) };
  if (event.type === "handedOver") return { ...event, variables: withValue(event.variables, path, value) };
  return undefined;
}

const callOf = (event: EngineEvent): JsonObject => ("call" in event ? event.call : {});

type Started = Extract<EngineEvent, { type: "started" }>;

function startedWith(event: Started, [root = "", ...rest]: readonly string[], value: string): EngineEvent {
  const { start } = event;
  const place = rest.join(".");
  if (root === "contact") return { ...event, start: { ...start, contactAddress: value } };
  if (root === "flow" && place === "channel.address") {
    return { ...event, start: { ...start, channelAddress: value } };
  }
  // What a request brings stands in two places.
  const parameter = /^(?:data|request\.parameters)\.(.+)$/.exec(place)?.[1]?.split(".");
  const data = parameter === undefined ? start.data : withValue(start.data ?? {}, parameter, value);
  const given = { ...start, ...(data === undefined ? {} : { data }) };
  if (root === "trigger") {
    return { ...event, start: { ...given, trigger: withValue(start.trigger, rest, value) } };
  }
  if (parameter === undefined) return event;
  const trigger = withValue(start.trigger, ["request", "parameters", ...parameter], value);
  return { ...event, start: { ...given, trigger } };
}

function answeredWith(
  event: EngineEvent,
  id: string,
  [first = "", ...rest]: readonly string[],
  value: string,
): EngineEvent | undefined {
  const before = event.type === "answered" ? event.response : null;
  // A failure stays one: Studio reads what comes with it all the same.
  const status = before?.status ?? 500;
  const answer = (contentType: string, body: string, code = status): EngineEvent => ({
    type: "answered",
    id,
    response: { status: code, contentType, body, headers: {} },
  });
  if (first === "status_code") {
    return answer(before?.contentType ?? json, before?.body ?? "{}", Number(value) || 500);
  }
  if (first === "content_type") return answer(value, before?.body ?? "");
  if (first === "body") return answer("text/plain", value);
  if (first !== "parsed") return undefined;
  const whole = before?.contentType === json ? objectIn(before.body) : {};
  // Of a whole answer a text can be part and no more.
  const changed = rest.length === 0 ? { ...whole, value } : withValue(whole, rest, value);
  return answer(json, JSON.stringify(changed));
}

function objectIn(body: string): JsonObject {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
  } catch {
    return {};
  }
}
