/** Widgets of which the cases of advice are made. */
import { flow, state } from "../../testing/play.ts";
import type { FlowDefinition, JsonObject, State } from "../../types.ts";

export const say = (name: string, next: Record<string, string> = {}, body = "hello") =>
  state(name, "send-message", { body }, next);
export const ask = (name: string, next: Record<string, string> = {}) =>
  state(name, "send-and-wait-for-reply", { body: "?", timeout: "60" }, { timeout: "bye", ...next });
export const run = (name: string, next: Record<string, string> = {}, given: JsonObject = {}) =>
  state(name, "run-function", { url: "https://example.com/find-agent", ...given }, next);
export const set = (name: string, key: string, value: string, next: Record<string, string> = {}) =>
  state(name, "set-variables", { variables: [{ key, value }] }, next);
export const bye = say("bye");

export type Match = readonly [type: string, value: string, next: string];
/** A split on a reply; one transition for each match. */
export function split(
  name: string,
  matches: readonly Match[],
  noMatch = "bye",
  input = "{{trigger.conversation.Body}}",
): State {
  return {
    name,
    type: "split-based-on",
    properties: { input },
    transitions: [
      { event: "noMatch", next: noMatch },
      ...matches.map(([type, value, next]) => ({
        event: "match",
        next,
        conditions: [{ friendly_name: value, arguments: [input], type, value }],
      })),
    ],
  };
}

/** A question that is asked again until a variable is 3. */
export const counting = (value: string): FlowDefinition =>
  flow(
    ask("ask", { incomingMessage: "count" }),
    set("count", "tries", value, { next: "enough" }),
    split("enough", [["equal_to", "3", "bye"]], "ask", "{{flow.variables.tries}}"),
    bye,
  );

/** A Flow that triggers the rule, one that must not, and where the finding stands. */
export interface Case {
  readonly bad: FlowDefinition;
  readonly at: string;
  readonly good: FlowDefinition;
}

/** A split of one branch with two conditions on one thing. */
export function bothOf(...conditions: readonly (readonly [type: string, value: string])[]): State {
  const input = "{{trigger.conversation.Body}}";
  return {
    name: "split",
    type: "split-based-on",
    properties: { input },
    transitions: [
      {
        event: "match",
        next: "bye",
        conditions: conditions.map(([type, value]) => ({
          friendly_name: value,
          arguments: [input],
          type,
          value,
        })),
      },
      { event: "noMatch", next: "bye" },
    ],
  };
}
