import { z } from "zod";
import { holds } from "../predicates.ts";
import { matchesWhole } from "../regex.ts";
import { looksAt } from "../shown.ts";
import type { Condition, Transition } from "../types.ts";
import { type Run, widget } from "../widget.ts";

/** https://www.twilio.com/docs/studio/widget-library/split-based-on */
export const splitBasedOn = widget({
  events: ["match", "noMatch"],
  kind: "logic",
  deed: "decides",
  facts: (text) => [`by ${looksAt(text("input"))}`],
  said: { match: "match", noMatch: "anything else" },
  properties: z.looseObject({ input: z.string() }),
  variables: [],
  enter(run) {
    // All match transitions share one event: the first in order whose conditions hold is taken.
    for (const transition of run.state.transitions) {
      if (transition.event === "match" && matches(run, transition)) return { leave: "match", transition };
    }
    return { leave: "noMatch" };
  },
});

function matches(run: Run, { conditions = [] }: Transition): boolean {
  if (conditions.length === 0) return false;
  return run.switches.conditionsJoin === "and"
    ? conditions.every((condition) => conditionHolds(run, condition))
    : conditions.some((condition) => conditionHolds(run, condition));
}

function conditionHolds(run: Run, condition: Condition): boolean {
  const { friendly_name: name, type } = condition;
  const place = `conditions.${name}`;
  const value = run.render(`${place}.value`, condition.value);
  // The editor writes the input as each condition's argument; without one, the input it is.
  const given =
    condition.arguments.length === 0
      ? [run.text("input")]
      : condition.arguments.map((argument) => run.render(`${place}.arguments`, argument));
  const held = given.some((argument) => holds(type, argument, value));
  if (type === "regex" && !held) warnOfPattern(run, name, value, given);
  run.tried({ name, type, argument: given.join(), value, held });
  return held;
}

/** A pattern that could not be tried holds for nothing; that must not go unsaid. */
function warnOfPattern(run: Run, name: string, pattern: string, given: readonly string[]): void {
  for (const argument of given) {
    const { problem } = matchesWhole(pattern.trim(), argument.trim());
    if (problem !== undefined) {
      run.warn(81018, `The pattern of ${name} in ${run.state.name} cannot be tried: ${problem}`);
    }
  }
}
