/** Flows for tests: a Trigger and a few widgets, as Studio's editor would export them. */
import type { FlowDefinition, State } from "@support-line/studio";

type Next = Readonly<Record<string, string>>;

function state(name: string, type: string, properties: State["properties"], next: Next): State {
  const transitions = Object.entries(next).map(([event, to]) => ({ event, next: to }));
  return { name, type, properties, transitions };
}

/** Sends a text and goes on. */
export function say(name: string, body: string, next: Next = {}, to = ""): State {
  const from = "{{flow.channel.address}}";
  return state(
    name,
    "send-message",
    { from, to: to || "{{contact.channel.address}}", body },
    { sent: "", failed: "", ...next },
  );
}

/** Sends a text and waits for whoever answers first. */
export function askFor(name: string, body: string, seconds: number, next: Next = {}): State {
  const from = "{{flow.channel.address}}";
  const properties = { from, to: "{{contact.channel.address}}", body, timeout: String(seconds) };
  return state(name, "send-and-wait-for-reply", properties, {
    incomingMessage: "",
    timeout: "",
    deliveryFailure: "",
    ...next,
  });
}

/** Runs a Function with parameters. */
export function run(
  name: string,
  url: string,
  parameters: Readonly<Record<string, string>>,
  next: Next = {},
): State {
  const list = Object.entries(parameters).map(([key, value]) => ({ key, value }));
  return state(name, "run-function", { url, parameters: list }, { success: "", fail: "", ...next });
}

/** Goes to a widget for each word that the message is, else to `otherwise`. */
export function split(name: string, input: string, words: Next, otherwise = ""): State {
  const matches = Object.entries(words).map(([value, next]) => ({
    event: "match",
    next,
    conditions: [{ friendly_name: value, arguments: [input], type: "equal_to", value }],
  }));
  const transitions = [{ event: "noMatch", next: otherwise }, ...matches];
  return { name, type: "split-based-on", properties: { input }, transitions };
}

/** A widget of any type. */
export function widget(name: string, type: string, properties: State["properties"], next: Next): State {
  return state(name, type, properties, next);
}

/** A Flow of these widgets; whatever starts it leads to the first. */
export function flowOf(...states: State[]): FlowDefinition {
  const first = states[0]?.name ?? "";
  const events = ["incomingMessage", "incomingConversationMessage", "incomingRequest"];
  const trigger = state("Trigger", "trigger", {}, Object.fromEntries(events.map((event) => [event, first])));
  return { initial_state: "Trigger", states: [trigger, ...states] };
}
