/**
 * Transitions that nobody can take whatever they do: what a split looks at has long been decided, or was never set. Each
 * value that splits look at is followed alone, from widget to widget, with everything that conditions can tell apart.
 */
import { holds, validate, type Condition, type FlowDefinition, type State } from "@support-line/studio";
import { placesOf, type Places } from "../coverage/places.ts";
import type { Wanted } from "./wanted.ts";

const plain = /^\s*\{\{\s*(widgets\.[\w-]+(?:\.[\w-]+)+)\s*\}\}\s*$/;
const keys = /^[\d*#]*$/;
/** One that is unreachable makes others so; more rounds than this find hardly anything. */
const mostRounds = 4;

/** By widget, then by which transition it is: why nothing can take it. */
export type Unreachable = ReadonlyMap<string, ReadonlyMap<number, string>>;

/** A value that a widget sets and splits look at, `widgets.ask.inbound.Body`. */
interface Looked {
  readonly path: string;
  /** The widget that sets it. */
  readonly owner: string;
  /** One value for each answer that the conditions give together. */
  readonly values: readonly string[];
}

/** Whatever was looked at: what follows from what is known to be unreachable. */
const nothing: Looked = { path: "", owner: "", values: [] };

/**
 * Finds them. Values that no condition tells apart are followed as one; a condition that looks at anything else may hold
 * or not.
 */
export function unreachableIn(definition: FlowDefinition, wanted: Wanted): Unreachable {
  const byName = new Map(definition.states.map((state) => [state.name, state]));
  const looked = [nothing, ...lookedAt(definition, wanted)];
  const dead = refused(definition);
  for (let round = 0; round < mostRounds; round += 1) {
    let more = false;
    for (const each of looked) {
      const taken = followed(definition.initial_state, byName, each, dead);
      for (const { name, transitions } of definition.states) {
        for (const at of transitions.keys()) {
          if (taken.get(name)?.has(at) === true || dead.get(name)?.has(at) === true) continue;
          note(dead, name, at, whyNot(each, byName));
          more = true;
        }
      }
    }
    if (!more) break;
  }
  return dead;
}

/** The parts of a Flow, with what is unreachable told apart. */
export function placesWithout(definition: FlowDefinition, dead: Unreachable): Places {
  const { widgets, transitions } = placesOf(definition);
  const known = transitions.map((each) => {
    const why = each.reach === "nothing" ? undefined : dead.get(each.widget)?.get(each.transition);
    return why === undefined ? each : { ...each, reach: "nothing" as const, why };
  });
  const left = new Set(known.filter(({ reach }) => reach !== "nothing").map(({ widget }) => widget));
  return {
    // Whoever comes to a widget leaves it: one that cannot be left by anything is never come to.
    widgets: widgets.map((each) =>
      left.has(each.widget) || !dead.has(each.widget) ? each : { ...each, reach: "nothing" },
    ),
    transitions: known,
  };
}

function whyNot({ path, owner }: Looked, byName: ReadonlyMap<string, State>): string {
  if (path === "") return "nothing leads to its widget";
  return byName.has(owner)
    ? `no value of {{${path}}} leads there`
    : `{{${path}}} is never set: there is no widget ${owner}`;
}

function note(dead: Map<string, Map<number, string>>, widget: string, at: number, why: string): void {
  const known = dead.get(widget) ?? new Map<number, string>();
  known.set(at, why);
  dead.set(widget, known);
}

/** What leads into and out of widgets that Studio refuses: they never run. */
function refused(definition: FlowDefinition): Map<string, Map<number, string>> {
  const whys = new Map<string, string>();
  for (const { property_path: path, message } of validate(definition).errors) {
    const [, index, property] = /^#\/states\/(\d+)\/properties\/?(.*)$/.exec(path) ?? [];
    const state = definition.states[Number(index)];
    if (state !== undefined) whys.set(state.name, `Studio refuses ${state.name}: ${property} ${message}`);
  }
  const dead = new Map<string, Map<number, string>>();
  for (const { name, transitions } of definition.states) {
    for (const [at, { next }] of transitions.entries()) {
      const why = whys.get(name) ?? (next ? whys.get(next) : undefined);
      if (why !== undefined) note(dead, name, at, why);
    }
  }
  return dead;
}

/** Without an argument a condition looks at its split's input. */
function argumentsOf({ properties }: State, condition: Condition): readonly string[] {
  if (condition.arguments.length > 0) return condition.arguments;
  return typeof properties["input"] === "string" ? [properties["input"]] : [];
}

/** The one path that a condition looks at, when it looks at nothing else. */
function pathOf(state: State, condition: Condition): string | undefined {
  const paths = new Set(argumentsOf(state, condition).map((argument) => plain.exec(argument)?.[1]));
  const [path] = paths;
  return paths.size === 1 && !condition.value.includes("{") ? path : undefined;
}

function lookedAt({ states }: FlowDefinition, wanted: Wanted): Looked[] {
  const conditions = new Map<string, Condition[]>();
  for (const state of states) {
    for (const condition of state.transitions.flatMap((each) => each.conditions ?? [])) {
      const path = pathOf(state, condition);
      if (path !== undefined) conditions.set(path, [...(conditions.get(path) ?? []), condition]);
    }
  }
  const names = new Set(states.map(({ name }) => name));
  return [...conditions].map(([path, tried]): Looked => {
    const [, owner = ""] = path.split(".");
    const byAnswers = new Map<string, string>();
    const possible = names.has(owner) ? ["", ...(wanted.get(path) ?? [])] : [""];
    for (const value of path.endsWith(".Digits") ? possible.filter((each) => keys.test(each)) : possible) {
      const answers = tried.map((each) => (holds(each.type, value, each.value) ? "1" : "0")).join("");
      if (!byAnswers.has(answers)) byAnswers.set(answers, value);
    }
    return { path, owner, values: [...byAnswers.values()] };
  });
}

/** Which transitions can be taken, as far as one value decides. */
function followed(
  initial: string,
  byName: ReadonlyMap<string, State>,
  looked: Looked,
  dead: Unreachable,
): Map<string, Set<number>> {
  const taken = new Map<string, Set<number>>();
  const seen = new Map<string, Set<string>>();
  const queue: { name: string; value: string }[] = [];
  const enter = (name: string, value: string): void => {
    const known = seen.get(name) ?? new Set<string>();
    seen.set(name, known);
    if (known.has(value)) return;
    known.add(value);
    queue.push({ name, value });
  };
  // Before its widget has run, it is empty.
  enter(initial, "");
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    const { name, value } = node;
    const state = byName.get(name);
    if (state === undefined) continue;
    const open = taken.get(name) ?? new Set<number>();
    taken.set(name, open);
    for (const at of possibleFrom(state, looked.path, value)) {
      if (dead.get(name)?.has(at) === true) continue;
      open.add(at);
      const next = state.transitions[at]?.next;
      if (!next) continue;
      enter(next, value);
      if (name === looked.owner) for (const other of looked.values) enter(next, other);
    }
  }
  return taken;
}

/** By which transitions a widget may be left while the path has a value. */
function possibleFrom({ type, transitions, ...state }: State, path: string, value: string): number[] {
  const all = [...transitions.keys()];
  if (type !== "split-based-on") return all;
  const whole = { type, transitions, ...state };
  const matches = all.filter((at) => transitions[at]?.event === "match");
  const open: number[] = [];
  for (const at of matches) {
    const answers = (transitions[at]?.conditions ?? []).map((condition) =>
      pathOf(whole, condition) === path ? holds(condition.type, value, condition.value) : undefined,
    );
    if (answers.length === 0 || answers.includes(false)) continue;
    open.push(at);
    // It certainly matches: what stands after it is not tried.
    if (!answers.includes(undefined)) return open;
  }
  return [...open, ...all.filter((at) => !matches.includes(at))];
}
