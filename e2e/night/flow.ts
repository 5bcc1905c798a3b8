/** The Flow of the day, as its first deployment has it and as somebody saved it in the editor at noon. */
import type { FlowDefinition, State } from "@support-line/studio";

type Next = Readonly<Record<string, string>>;

function state(name: string, type: string, properties: State["properties"], next: Next): State {
  return {
    name,
    type,
    properties: { offset: { x: 0, y: 0 }, ...properties },
    transitions: Object.entries(next).map(([event, to]) => (to === "" ? { event } : { event, next: to })),
  };
}

function say(name: string, body: string): State {
  const place = {
    service: "{{trigger.message.InstanceSid}}",
    channel: "{{trigger.message.ChannelSid}}",
    from: "{{flow.channel.address}}",
    to: "{{contact.channel.address}}",
  };
  return state(name, "send-message", { ...place, body }, { sent: "", failed: "" });
}

/** A Split on what the customer wrote. */
function split(name: string, ways: Next, noMatch: string | null): State {
  const input = "{{trigger.conversation.Body}}";
  const matches = Object.entries(ways).map(([value, next]) => ({
    event: "match",
    next,
    conditions: [{ friendly_name: value, arguments: [input], type: "equal_to", value }],
  }));
  return {
    name,
    type: "split-based-on",
    properties: { input, offset: { x: 0, y: 0 } },
    transitions: [...(noMatch === null ? [] : [{ event: "noMatch", next: noMatch }]), ...matches],
  };
}

const runs = (name: string, url: string, success: string): State =>
  state(name, "run-function", { url, parameters: [] }, { success, fail: "sorry" });

/** The server that the Flow asks for prices. */
export const prices = "https://prices.example.com/list";

/** @param domain of the Functions */
export function flowOf(domain: string, edited: boolean): FlowDefinition {
  const trigger = state(
    "Trigger",
    "trigger",
    {},
    {
      incomingMessage: "",
      incomingCall: "",
      incomingConversationMessage: "topic",
      incomingRequest: "",
      incomingParent: "",
    },
  );
  const ways = {
    order: "order-status",
    hours: "opening-hours",
    price: "price-list",
    menu: "menu",
    name: "greeting",
  };
  const more: State[] = edited
    ? [
        split("menu", { one: "hello" }, null),
        say("greeting", "Good day {% if contact %}"),
        state("count-up", "set-variables", { variables: [{ key: "n", value: "1" }] }, { next: "count-up" }),
      ]
    : [say("menu", "One or two?"), say("greeting", "Good day")];
  const http = {
    method: "GET",
    url: prices,
    content_type: "application/x-www-form-urlencoded;charset=utf-8",
  };
  return {
    description: "A day",
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: true },
    states: [
      trigger,
      split("topic", { ...ways, ...(edited ? { count: "count-up" } : {}) }, "hello"),
      runs("order-status", `https://${domain}/order-status`, "hello"),
      runs("opening-hours", `https://${domain}/opening-hours`, "hello"),
      state("price-list", "make-http-request", http, { success: "hello", failed: "sorry" }),
      say("hello", "Hello"),
      say("sorry", "Sorry, not now"),
      ...more,
    ],
  };
}
