/** The Flow that answers while a line is paused, made of the one that is published. Pure. */
import type { Condition, FlowDefinition, State, Transition } from "@support-line/studio";

/** What customers read when neither the command nor the stage file says otherwise. */
export const pausedText =
  "We cannot answer at the moment. Nobody has read your message; please write again later.";

/**
 * Functions that also run while the line is paused, by path: they look after a Conversation and bring nobody into it. One
 * starts it, with its timers; the other takes an agent out of it who is done.
 */
const kept = ["start-conversation", "remove-support-agent"] as const;
/** Has the agent who is done go on to who waits, which would bring somebody. */
const bringsSomebody = "servesNext";

/** Texts and variables that hold what a person wrote. */
const isSaid = (argument: string) =>
  /^\{\{ *(trigger\.(conversation|message)\.Body|flow\.variables\.\w+)\b/.test(argument);
const index = "{{trigger.conversation.Index}}";
const body = "{{trigger.conversation.Body}}";

/**
 * Who opens a Conversation reads the text, and so does who writes a word that the Flow listens for; an agent who is done
 * may leave; every other message of a Conversation passes as it did before. Whoever writes to the number itself, without a
 * Conversation, reads the text if the Flow answered that.
 */
export function pausedFlow(published: FlowDefinition, text: string): FlowDefinition {
  const trigger = published.states.find(({ name }) => name === published.initial_state);
  const [starting, leaving] = kept.map((path) => published.states.find((state) => runs(state, path)));
  const words = published.states.flatMap(({ type, transitions }) =>
    type === "split-based-on" ? transitions.filter(listens) : [],
  );
  const says = message("paused-message", text, starting?.name);
  const states: State[] = [
    {
      name: published.initial_state,
      type: "trigger",
      transitions: [
        { event: "incomingConversationMessage", next: "paused-is-first" },
        ...["incomingMessage", "incomingCall", "incomingRequest", "incomingParent"].map((event) => ({
          event,
          ...(event === "incomingMessage" && leads(trigger, event) ? { next: "paused-reply" } : {}),
        })),
      ],
      properties: { offset: { x: 0, y: 0 } },
    },
    split("paused-is-first", index, 240, [
      {
        event: "match",
        next: says.name,
        conditions: [condition("First message", index, "equal_to", "0")],
      },
      { event: "match", next: says.name, conditions: [condition("No index", index, "is_blank", " ")] },
      { event: "noMatch", ...(words.length === 0 ? {} : { next: "paused-word" }) },
    ]),
    ...(words.length === 0 ? [] : [asked(words, leaving, says.name)]),
    says,
    ...(leads(trigger, "incomingMessage") ? [message("paused-reply", text, undefined)] : []),
    ...[starting, leaving].flatMap((state) => (state === undefined ? [] : [alone(state)])),
  ];
  return { ...published, description: "Paused: answers one text and brings nobody", states };
}

/** Whether a widget runs the Function at a path. */
function runs({ type, properties }: State, path: string): boolean {
  const { url } = properties;
  return (
    type.startsWith("run-function") &&
    typeof url === "string" &&
    new RegExp(`^https?://[^/]+/${path}([?#]|$)`).test(url)
  );
}

/** Whether a transition is taken by a word that somebody writes. */
function listens({ event, conditions = [] }: Transition): boolean {
  return (
    event === "match" &&
    conditions.length > 0 &&
    conditions.every((each) => each.arguments.length > 0 && each.arguments.every(isSaid))
  );
}

function leads(trigger: State | undefined, event: string): boolean {
  return trigger?.transitions.some((each) => each.event === event && (each.next ?? "") !== "") ?? false;
}

/** Each word once: that of an agent who is done leads where it did, every other to the text. */
function asked(words: readonly Transition[], leaving: State | undefined, text: string): State {
  const seen = new Set<string>();
  const transitions = words.flatMap(({ next, conditions = [] }) => {
    const key = JSON.stringify(conditions.map(({ type, value }) => [type, value]));
    if (seen.has(key)) return [];
    seen.add(key);
    return [
      {
        event: "match",
        next: leaving !== undefined && next === leaving.name ? leaving.name : text,
        conditions: conditions.map((each) => ({ ...each, arguments: [body] })),
      },
    ];
  });
  return split("paused-word", body, 520, [...transitions, { event: "noMatch" }]);
}

function split(name: string, input: string, y: number, transitions: readonly Transition[]): State {
  return { name, type: "split-based-on", transitions, properties: { input, offset: { x: 0, y } } };
}

function condition(name: string, argument: string, type: string, value: string): Condition {
  return { friendly_name: name, arguments: [argument], type, value };
}

function message(name: string, text: string, next: string | undefined): State {
  const way = next === undefined ? {} : { next };
  return {
    name,
    type: "send-message",
    transitions: [
      { event: "sent", ...way },
      { event: "failed", ...way },
    ],
    properties: {
      offset: { x: -300, y: 800 },
      service: "{{trigger.message.InstanceSid}}",
      channel: "{{trigger.message.ChannelSid}}",
      from: "{{flow.channel.address}}",
      to: "{{contact.channel.address}}",
      body: text,
    },
  };
}

/** A widget that nothing follows, and that brings nobody. */
function alone(state: State): State {
  const { parameters } = state.properties;
  const harmless = Array.isArray(parameters)
    ? { parameters: parameters.filter((each: unknown) => keyOf(each) !== bringsSomebody) }
    : {};
  return {
    ...state,
    transitions: state.transitions.map(({ event }) => ({ event })),
    properties: { ...state.properties, ...harmless },
  };
}

const keyOf = (parameter: unknown) => (parameter as { readonly key?: unknown } | null)?.key;
