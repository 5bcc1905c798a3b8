/**
 * What a conversation walks through of what a proof found different: each difference says what touches it, and what happens
 * says what it touches.
 */
import { matchRoute } from "@support-line/twilio-api";
import type { OpenedTwilio } from "./open.ts";
import type { RawRequest, TwilioEvent } from "./product.ts";
import type { Difference } from "./proof-file.ts";

/** What a request to the REST API touches: `rest:create twilio:api:Message`. */
export function touchedByRequest({
  method,
  host,
  path,
}: Pick<RawRequest, "method" | "host" | "path">): string[] {
  const route = matchRoute(host, method, path.split("?")[0] ?? "");
  if (route === null || route === "methodNotAllowed") return [];
  return [`rest:${route.operation} ${route.resource.token}`];
}

/**
 * What an event touches: the widget that was entered (`widget:send-message`), the predicates (`predicate:regex`) and filters
 * and tags (`liquid:upcase`) of one that was left, a webhook (`event:onMessageAdded`), a Function (`function`).
 */
export function touchedByEvent({ type, data }: Pick<TwilioEvent, "type" | "data">): string[] {
  switch (type) {
    case "step.entered":
      return [`widget:${textOf(data["type"])}`];
    case "step.left":
      return [
        ...listOf(data["conditions"]).map((condition) => `predicate:${textOf(condition["type"])}`),
        ...listOf(data["templates"]).flatMap((template) => touchedByTemplate(textOf(template["template"]))),
      ];
    case "conversation.webhook":
      return [`event:${textOf(data["event"])}`];
    case "function.invoked":
      return ["function"];
    default:
      return [];
  }
}

/** The filters and tags of a template: `liquid:upcase`, `liquid:if`. */
export function touchedByTemplate(template: string): string[] {
  const words = [...template.matchAll(/\|\s*(\w+)|\{%-?\s*(\w+)/g)].map(
    ([, filter, tag]) => filter ?? tag ?? "",
  );
  return words.map((word) => `liquid:${word}`);
}

/** Tells of each difference the first time that something touches it; answers how to stop that. */
export function watchDifferences(
  { twilio, onRequest }: Pick<OpenedTwilio, "twilio" | "onRequest">,
  differences: readonly Difference[],
  told: (difference: Difference) => void,
): () => void {
  const left = new Set(differences);
  const touch = (keys: readonly string[]): void => {
    for (const difference of left) {
      if (!difference.touches.some((each) => keys.includes(each))) continue;
      left.delete(difference);
      told(difference);
    }
  };
  const stops = [
    twilio.events.subscribe((event) => touch(touchedByEvent(event))),
    onRequest((request) => touch(touchedByRequest(request))),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
}
