/** What a widget shows in a picture: what the customer reads or hears, what is asked, what is done. */
import type { JsonObject, JsonValue, State } from "../types.ts";
import type { Kind } from "../widget.ts";
import { widgetOfType, type WidgetType } from "../widgets/index.ts";
import { looksAt, plain, timeSaid } from "./words.ts";

export interface Face {
  readonly kind: Kind;
  /** The widget's name. */
  readonly title: string;
  /** What it does, in a word or two. */
  readonly deed: string;
  /** What a customer reads or hears, whole; empty when it says nothing. */
  readonly speech: string;
  /** What else there is to know, a line each: what is checked, called, noted, waited for. */
  readonly facts: readonly string[];
}

/** The face of a widget. Nothing in it is cut: pictures cut as they have room. */
export function faceOf(state: State): Face {
  const { name, type } = state;
  const properties = state.properties ?? {};
  const text = (property: string) => textOf(properties[property]);
  const widget = widgetOfType(type);
  const own = widget === undefined ? [] : (facts[type as WidgetType]?.(properties, text) ?? []);
  return {
    kind: widget?.kind ?? "unknown",
    title: name,
    // Studio may have added the type yesterday.
    deed: widget?.deed ?? type,
    speech: plain(text("body") !== "" && speaks.has(type) ? text("body") : text("say")).trim(),
    facts: own.filter((fact) => fact.trim() !== ""),
  };
}

const speaks = new Set(["send-message", "send-and-wait-for-reply"]);
type Facts = (properties: JsonObject, text: (property: string) => string) => readonly string[];

const facts: Partial<Record<WidgetType, Facts>> = {
  "add-twiml-redirect": (_, text) => [plain(text("url"))],
  "capture-payments": (_, text) => [`${plain(text("payment_amount"))} ${text("currency")}`],
  "connect-call-to": (_, text) => [target(text("to"))],
  "enqueue-call": (_, text) => [plain(text("queue_name"))],
  "gather-input-on-call": (_, text) => [played(text), `waits ${timeSaid(text("timeout") || "5")}`],
  "make-http-request": (_, text) => [`${text("method")} ${address(text("url"))}`],
  "make-outgoing-call-v1": (_, text) => [target(text("to"))],
  "make-outgoing-call-v2": (_, text) => [target(text("to"))],
  "record-voicemail": (_, text) => [
    text("max_length") === "" ? "" : `at most ${timeSaid(text("max_length"))}`,
  ],
  "run-function": ({ parameters }, text) => [
    path(text("url")) || sid(text("function_sid")),
    entries(parameters).length === 0
      ? ""
      : `with ${entries(parameters)
          .map(([key]) => key)
          .join(", ")}`,
  ],
  "run-subflow": ({ parameters }, text) => [
    sid(text("flow_sid")),
    entries(parameters).length === 0
      ? ""
      : `with ${entries(parameters)
          .map(([key]) => key)
          .join(", ")}`,
  ],
  "say-play": (_, text) => [played(text), text("digits") === "" ? "" : `presses ${plain(text("digits"))}`],
  "send-and-wait-for-reply": (_, text) => [
    template(text),
    `waits ${timeSaid(text("timeout") || "3600")} for a reply`,
  ],
  "send-message": (_, text) => [template(text), text("media_url") === "" ? "" : "with a picture or a file"],
  "set-variables": ({ variables }) => entries(variables).map(([key, value]) => `${key} = ${plain(value)}`),
  "split-based-on": (_, text) => [`by ${looksAt(text("input"))}`],
};

const template = (text: (property: string) => string) =>
  text("content_sid") || text("content_template_sid") ? "a content template" : "";
const played = (text: (property: string) => string) =>
  text("play") === "" ? "" : `plays ${path(text("play"))}`;

/** A SID as people tell them apart: `FW…5969`. */
const sid = (given: string) => given.replace(/^([A-Z]{2})[0-9a-f]{28}([0-9a-f]{4})$/, "$1…$2");

/** Numbers of people stand whole in no picture: the last four digits tell them apart. */
function target(to: string): string {
  return plain(to).replace(/\+?\d{5,}(\d{4})/g, "…$1");
}

/** Host and path, without what may hold a secret: user, password, query. */
function address(url: string): string {
  return plain(url)
    .replace(/^\w+:\/\//, "")
    .replace(/^[^/@]*@/, "")
    .replace(/[?#].*$/, "");
}

/** `/add-support-agent` of `https://x.twil.io/add-support-agent`. */
function path(url: string): string {
  const [, ...rest] = address(url).split("/");
  return rest.length === 0 ? address(url) : `/${rest.join("/")}`;
}

function entries(list: JsonValue | undefined): [string, string][] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: JsonValue): [string, string][] => {
    if (typeof item !== "object" || item === null || !("key" in item)) return [];
    const { key, value } = item;
    return [[textOf(key), textOf(value)]];
  });
}

/** A property as text, whatever stands there. */
function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
