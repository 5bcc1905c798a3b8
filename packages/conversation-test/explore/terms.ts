/** What conditions look at: texts that are told apart, and which widgets may change them. */
import type { Condition, State } from "@support-line/studio";
import type { Clause, Fact } from "./contradiction.ts";

/** One variable and nothing else, so that its value is known to stay until somebody sets it. */
const plain = /^\s*\{\{\s*((?:widgets|flow|trigger|contact)(?:\.[\w-]+){2,})\s*\}\}\s*$/;
/** Liquid answers these of lists and objects by itself. */
const answered = new Set(["size", "first", "last"]);

const isTemplate = (text: string) => text.includes("{{") || text.includes("{%");

/** The one template that a condition looks at, when it compares that with a text; undefined when it is more than that. */
export function lookedAt({ properties }: State, { arguments: given, value }: Condition): string | undefined {
  const { input } = properties;
  // Without an argument a condition looks at its split's input.
  const [only, ...others] = given.length > 0 ? given : [typeof input === "string" ? input : ""];
  if (only === undefined || isTemplate(value) || others.some((other) => other !== only)) return undefined;
  return only.trim();
}

/** The variable that a template is, `widgets.ask.inbound.Body`; undefined when it is more or may change by itself. */
export function variableOf(template: string): string | undefined {
  const path = plain.exec(template)?.[1];
  return path === undefined || path.split(".").some((name) => answered.has(name)) ? undefined : path;
}

/** What is known of a variable when an Execution starts: what widgets set is empty. */
export function atStart(variable: string): readonly Clause[] {
  return /^(?:widgets|flow\.variables)\./.test(variable) ? [is("")] : [];
}

/** What is known of a variable when a widget is left, from what was known when it was entered. */
export function after(state: State, variable: string, known: readonly Clause[]): readonly Clause[] {
  const { name, type, properties } = state;
  const [root = "", first = "", second = ""] = variable.split(".");
  if (root === "widgets") return name === first ? [] : known;
  if (root === "trigger") {
    // A reply in a Conversation is written there.
    return first === "conversation" && type === "send-and-wait-for-reply" ? [] : known;
  }
  if (root === "flow" && first === "variables") {
    return type === "set-variables" ? setTo(properties, second, variable, known) : known;
  }
  if (root === "flow" && first === "channel") return changesChannel.has(type) ? [] : known;
  return known;
}

const changesChannel = new Set(["resume-conversation", "run-subflow", "send-to-flex", "start-conversation"]);

function setTo(
  { variables }: State["properties"],
  name: string,
  variable: string,
  known: readonly Clause[],
): readonly Clause[] {
  if (!JSON.stringify(variables ?? []).includes(JSON.stringify(name))) return known;
  if (!Array.isArray(variables) || variable.split(".").length > 3) return [];
  const given = variables as readonly { key?: unknown; value?: unknown; parse_as_json?: unknown }[];
  const last = given.findLast((each) => (each as typeof each | null)?.key === name);
  if (last === undefined) return known;
  const { value, parse_as_json: isJson } = last;
  if (typeof value !== "string" || isTemplate(value) || isJson === true) return [];
  return [is(value)];
}

const is = (value: string): Clause => [{ type: "equal_to", value, held: true }];

/**
 * What is known of a template when one of a split's transitions is taken: its own conditions hold, and those of each match
 * before it do not all hold.
 */
export function whenTaken(state: State, at: number, template: string): Clause[] {
  const own = state.transitions[at];
  const isMatch = own?.event === "match";
  const before = state.transitions.filter(
    (transition, place) => transition.event === "match" && (isMatch ? place < at : true),
  );
  const facts = (conditions: readonly Condition[], held: boolean): (Fact | undefined)[] =>
    conditions.map((condition) =>
      lookedAt(state, condition) === template
        ? { type: condition.type, value: condition.value, held }
        : undefined,
    );
  return [
    ...before.flatMap(({ conditions = [] }) => {
      const against = facts(conditions, false);
      // One that looks at something else may be what failed; a match without conditions never holds.
      return against.length === 0 || against.includes(undefined) ? [] : [against as Fact[]];
    }),
    ...(isMatch ? facts(own.conditions ?? [], true) : []).flatMap((fact) =>
      fact === undefined ? [] : [[fact]],
    ),
  ];
}
