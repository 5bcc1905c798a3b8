/**
 * Transitions that nobody can take whatever they do: what a split looks at has long been decided, was never set, or cannot
 * be two things at once. Each is proved; what cannot be proved is left to be missed.
 */
import { readDefinition, validate, type FlowDefinition, type State } from "@support-line/studio";
import { placesOf, type Places } from "../coverage/places.ts";
import { contradict, type Clause } from "./contradiction.ts";
import { after, atStart, lookedAt, variableOf, whenTaken } from "./terms.ts";

/** One that is unreachable makes others so; more rounds than this find hardly anything. */
const mostRounds = 4;
/** A widget that is come to with more different things known is come to with nothing known, for all that follows. */
const mostKnown = 32;

/** By widget, then by which transition it is: why nothing can take it. */
export type Unreachable = ReadonlyMap<string, ReadonlyMap<number, string>>;

/** What splits look at: a template, and the variable that it is when it is one and nothing else. */
interface Looked {
  readonly template: string;
  readonly variable: string;
}

/** Whatever was looked at: what follows from what is known to be unreachable. */
const nothing: Looked = { template: "", variable: "" };

/** Finds them, with what is left where the engine's switches stand as they do by default. */
export function unreachableIn(given: FlowDefinition): Unreachable {
  const definition = readDefinition(given);
  const byName = new Map(definition.states.map((state) => [state.name, state]));
  const dead = refused(definition);
  contradicted(definition, dead);
  const looked = [nothing, ...variablesIn(definition)];
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

function whyNot({ variable }: Looked, byName: ReadonlyMap<string, State>): string {
  if (variable === "") return "nothing leads to its widget";
  const [root, owner = ""] = variable.split(".");
  return root !== "widgets" || byName.has(owner)
    ? `no value of {{${variable}}} leads there`
    : `{{${variable}}} is never set: there is no widget ${owner}`;
}

type Dead = Map<string, Map<number, string>>;

function note(dead: Dead, widget: string, at: number, why: string): void {
  const known = dead.get(widget) ?? new Map<number, string>();
  known.set(at, why);
  dead.set(widget, known);
}

/** What leads into and out of widgets that Studio refuses: they never run. */
function refused(definition: FlowDefinition): Dead {
  const whys = new Map<string, string>();
  for (const { property_path: path, message } of validate(definition).errors) {
    const [, index, property] = /^#\/states\/(\d+)\/properties\/?(.*)$/.exec(path) ?? [];
    const state = definition.states[Number(index)];
    // The Trigger runs whatever its properties are.
    if (state === undefined || state.type === "trigger") continue;
    whys.set(state.name, `Studio refuses ${state.name}: ${property} ${message}`);
  }
  const dead: Dead = new Map();
  for (const { name, transitions } of definition.states) {
    for (const [at, { next }] of transitions.entries()) {
      const why = whys.get(name) ?? (next ? whys.get(next) : undefined);
      if (why !== undefined) note(dead, name, at, why);
    }
  }
  return dead;
}

const none: ReadonlySet<string> = new Set();
const templates = new WeakMap<State, ReadonlySet<string>>();

/** The templates that a split's conditions look at. */
function templatesOf(state: State): ReadonlySet<string> {
  if (state.type !== "split-based-on") return none;
  const known = templates.get(state) ?? templatesIn(state);
  templates.set(state, known);
  return known;
}

function templatesIn(state: State): ReadonlySet<string> {
  const all = state.transitions.flatMap(({ conditions = [] }) =>
    conditions.map((condition) => lookedAt(state, condition)),
  );
  return new Set(all.filter((template) => template !== undefined));
}

/** What no text can be at once, whatever was before: within one split a template has one value. */
function contradicted({ states }: FlowDefinition, dead: Dead): void {
  for (const state of states) {
    for (const template of templatesOf(state)) {
      for (const at of state.transitions.keys()) {
        if (dead.get(state.name)?.has(at) === true || !contradict(whenTaken(state, at, template))) continue;
        note(dead, state.name, at, `no value of ${template} leads there`);
      }
    }
  }
}

/** The variables that splits look at, each as it is written. */
function variablesIn({ states }: FlowDefinition): Looked[] {
  const templates = new Set(states.flatMap((state) => [...templatesOf(state)]));
  return [...templates].flatMap((template) => {
    const variable = variableOf(template);
    return variable === undefined ? [] : [{ template, variable }];
  });
}

/** Which transitions can be taken, as far as one variable decides. */
function followed(
  initial: string,
  byName: ReadonlyMap<string, State>,
  looked: Looked,
  dead: Unreachable,
): Map<string, Set<number>> {
  const taken = new Map<string, Set<number>>();
  const seen = new Map<string, Set<string>>();
  const queue: { name: string; known: readonly Clause[] }[] = [];
  const enter = (name: string, clauses: readonly Clause[]): void => {
    const before = seen.get(name) ?? new Set<string>();
    seen.set(name, before);
    let { known, key } = printed(clauses);
    if (before.has(key) || before.has("")) return;
    if (before.size >= mostKnown) [known, key] = [[], ""];
    before.add(key);
    queue.push({ name, known });
  };
  enter(initial, looked.variable === "" ? [] : atStart(looked.variable));
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    const { name, known } = node;
    const state = byName.get(name);
    if (state === undefined) continue;
    const open = taken.get(name) ?? new Set<number>();
    taken.set(name, open);
    for (const [at, { next }] of state.transitions.entries()) {
      if (dead.get(name)?.has(at) === true) continue;
      const decided = templatesOf(state).has(looked.template) ? whenTaken(state, at, looked.template) : [];
      const then = decided.length > 0 ? [...known, ...decided] : known;
      if (decided.length > 0 && contradict(then)) continue;
      open.add(at);
      if (next) enter(next, looked.variable === "" ? [] : after(state, looked.variable, then));
    }
  }
  return taken;
}

const prints = new WeakMap<readonly Clause[], { readonly known: readonly Clause[]; readonly key: string }>();

/** What is known, without what says it twice, and a text that tells it from others. Most widgets add nothing to it. */
function printed(clauses: readonly Clause[]): { known: readonly Clause[]; key: string } {
  let print = prints.get(clauses);
  if (print === undefined) {
    const known = withoutDoubles(clauses);
    print = { known, key: printOf(known) };
    prints.set(clauses, print);
    prints.set(known, print);
  }
  return print;
}

/** What certain facts there are decides alone, once a text is known. */
function withoutDoubles(clauses: readonly Clause[]): readonly Clause[] {
  const settled = clauses.find(([fact, ...others]) => others.length === 0 && isWord(fact));
  if (settled !== undefined) return [settled];
  return [...new Map(clauses.map((clause) => [JSON.stringify(clause), clause])).values()];
}

const isWord = (fact: Clause[number] | undefined) =>
  fact?.held === true && (fact.type === "equal_to" || fact.type === "is_blank");

const printOf = (clauses: readonly Clause[]) =>
  clauses
    .map((clause) => JSON.stringify(clause))
    .sort()
    .join();
