/**
 * How a way has to be changed to take another of a split's transitions: what it looks at is traced back to the events that
 * brought it, and texts are found there for which everything on the way still holds.
 */
import type { Condition, Effect, EngineEvent, State } from "@support-line/studio";
import type { Clause } from "./contradiction.ts";
import { sourceOf, withInput, type Source, type WalkedStep } from "./sources.ts";
import { fitting } from "./values.ts";
import { pathsIn } from "./wanted.ts";

/** A way that was walked, as the engine took it. */
export interface Walk {
  readonly now: number;
  readonly events: readonly EngineEvent[];
  /** For each event, what waited for it. */
  readonly awaited: readonly (Effect | undefined)[];
  readonly steps: readonly WalkedStep[];
}

/** Another way to try. */
export interface Flip {
  readonly now: number;
  readonly events: readonly EngineEvent[];
  readonly awaited: readonly (Effect | undefined)[];
}

/** What is wanted of a template, from a transition that is to be taken. */
interface Wish {
  readonly template: string;
  readonly clause: Clause;
}

/** Hours of a working day, a weekend and a holiday: what conditions on the time may ask for. */
const otherTimes = [
  ...Array.from({ length: 24 }, (_, hour) => Date.UTC(2026, 0, 28, hour, 30)),
  ...Array.from({ length: 7 }, (_, day) => Date.UTC(2026, 0, 26 + day, 12)),
  ...Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month, 15, 12)),
];

/** Ways that may take a transition of a split to which a way came. */
export function flipsFor(
  walk: Walk,
  at: number,
  transition: number,
  states: ReadonlyMap<string, State>,
): Flip[] {
  const step = walk.steps[at];
  const state = states.get(step?.state ?? "");
  if (step === undefined || state === undefined) return [];
  const wishes = wishesOf(state, transition, step);
  const rounds = againTo(walk, at);
  if (wishes.some(({ template }) => isOfTime(template))) {
    return otherTimes.map((now) => ({ ...walk, now }));
  }
  const changed = withWishes(walk, at, wishes, states);
  return [...(changed === undefined ? [] : [changed]), ...rounds];
}

const isOfTime = (template: string) => /\bnow\b|\btoday\b|\|\s*date\b/.test(template);

/** The same once more from where the split was passed before: what counts rounds is one higher then. */
function againTo(walk: Walk, at: number): Flip[] {
  const { steps, events, awaited, now } = walk;
  const here = steps[at];
  const before = steps.findLast((step, index) => index < at && step.state === here?.state);
  if (here === undefined || before === undefined || before.event >= here.event) return [];
  const [from, to] = [before.event + 1, here.event + 1];
  const twice = <Item>(list: readonly Item[]): Item[] => [...list.slice(0, to), ...list.slice(from, to)];
  return [{ now, events: twice(events), awaited: twice(awaited) }];
}

/** The way with other values, for which all wishes come true; undefined when there are none to change. */
function withWishes(
  walk: Walk,
  at: number,
  wishes: readonly Wish[],
  states: ReadonlyMap<string, State>,
): Flip | undefined {
  const bySource = new Map<string, { source: Source; clauses: Clause[] }>();
  const sourceFor = (template: string, before: number): Source | undefined => {
    for (const path of pathsIn(template)) {
      const source = sourceOf(path, before, walk, states);
      if (source !== undefined) return source;
    }
    return undefined;
  };
  for (const { template, clause } of wishes) {
    const source = sourceFor(template, at);
    if (source === undefined) continue;
    const key = JSON.stringify(source);
    const known = bySource.get(key) ?? { source, clauses: [] };
    known.clauses.push(clause);
    bySource.set(key, known);
  }
  if (bySource.size === 0) return undefined;
  // What brought the way to the split has to stay so.
  const kept = new Map<string, Clause[]>();
  for (const [index, step] of walk.steps.entries()) {
    if (index >= at || step.transition === undefined || step.type !== "split-based-on") continue;
    const state = states.get(step.state);
    if (state === undefined) continue;
    for (const { template, clause } of wishesOf(state, step.transition, step)) {
      const key = JSON.stringify(sourceFor(template, index));
      if (bySource.has(key)) kept.set(key, [...(kept.get(key) ?? []), clause]);
    }
  }
  const events = [...walk.events];
  const isConversation = bringsConversation(events[0]);
  for (const [key, { source, clauses }] of bySource) {
    const value = fitting([...clauses, ...(kept.get(key) ?? [])]) ?? fitting(clauses);
    const event = events[source.event];
    if (value === undefined || event === undefined) return undefined;
    const awaited = walk.awaited[source.event];
    const changed = withInput(event, source.path, value, { awaited, isConversation });
    if (changed === undefined) return undefined;
    events[source.event] = changed;
  }
  return { now: walk.now, events, awaited: walk.awaited };
}

const bringsConversation = (event: EngineEvent | undefined) =>
  event?.type === "started" && event.trigger === "incomingConversationMessage";

/** What has to be true for a transition to be taken, by what is looked at. */
function wishesOf(state: State, at: number, { rendered }: WalkedStep): Wish[] {
  const { input } = state.properties;
  const wish = (condition: Condition, held: boolean) => ({
    template: (condition.arguments[0] ?? (typeof input === "string" ? input : "")).trim(),
    fact: {
      type: condition.type,
      value: rendered.get(condition.friendly_name) ?? condition.value,
      held,
    },
  });
  const own = state.transitions[at];
  const isMatch = own?.event === "match";
  const before = state.transitions.filter(
    ({ event }, place) => event === "match" && (isMatch ? place < at : true),
  );
  return [
    ...(isMatch ? (own.conditions ?? []) : []).map((condition) => {
      const { template, fact } = wish(condition, true);
      return { template, clause: [fact] };
    }),
    ...before.flatMap(({ conditions = [] }): Wish[] => {
      const [first, ...others] = conditions.map((condition) => wish(condition, false));
      if (first === undefined) return [];
      const isOne = others.every(({ template }) => template === first.template);
      const facts = isOne ? [first, ...others] : [first];
      return [{ template: first.template, clause: facts.map(({ fact }) => fact) }];
    }),
  ];
}
