/** The transitions of one widget, merged three ways: events by name, matches by what they look for, in an order that counts. */
import { equal } from "../equal.ts";
import type { JsonObject, JsonValue, Transition } from "../types.ts";
import { mergeOrder } from "./order.ts";
import { mergeObject, settled, type Merging } from "./values.ts";

type Named = ReadonlyMap<string, Transition>;

/** Merges what each side has, every widget under its final name already. */
export function mergeTransitions(
  merging: Merging,
  base: readonly Transition[],
  ours: readonly Transition[],
  theirs: readonly Transition[],
): Transition[] {
  const was = named(base);
  const [our, their] = [aligned(was, ours), aligned(was, theirs)];
  const merged = new Map<string, Transition>();
  for (const id of new Set([...was.keys(), ...our.keys(), ...their.keys()])) {
    const transition = mergeOne(merging, id, was.get(id), our.get(id), their.get(id));
    if (transition !== undefined) merged.set(id, transition);
  }
  const [before, ourIds, theirIds] = [was, our, their].map((map) => [...map.keys()]);
  const { ids, reordered } = mergeOrder(
    before ?? [],
    ourIds ?? [],
    theirIds ?? [],
    new Set(merged.keys()),
    merging.prefer,
  );
  if (reordered !== null && reordered.ours.some((id) => merged.get(id)?.conditions !== undefined)) {
    merging.clash("reordered-twice", "order", before, reordered.ours, reordered.theirs);
  }
  return ids.flatMap((id) => merged.get(id) ?? []);
}

function mergeOne(
  merging: Merging,
  id: string,
  base: Transition | undefined,
  ours: Transition | undefined,
  theirs: Transition | undefined,
): Transition | undefined {
  if (ours === undefined || theirs === undefined) {
    const left = ours ?? theirs;
    // New on one side, or gone on one and untouched on the other.
    if (base === undefined || left === undefined) return left;
    if (equal(asJson(base), asJson(left))) return undefined;
    merging.clash("removed-and-edited", id, asJson(base), asJson(ours), asJson(theirs));
    return settled(merging, ours, theirs);
  }
  const [was, our, their] = [base, ours, theirs].map(parts);
  return whole(mergeObject(merging, id, was ?? {}, our ?? {}, their ?? {}));
}

const asJson = (transition: Transition | undefined) => transition as unknown as JsonValue | undefined;

/** A transition that leads nowhere leads to nothing, however the editor wrote it; conditions by their place. */
function parts(transition: Transition | undefined): JsonObject {
  if (transition === undefined) return {};
  const { conditions, next, ...rest } = transition;
  const leads = next === undefined || next === null || next === "" ? {} : { next };
  const when = (conditions ?? []).map((condition, at) => [String(at + 1), { ...condition }] as const);
  return { ...rest, ...leads, ...(conditions === undefined ? {} : { conditions: Object.fromEntries(when) }) };
}

function whole({ conditions, ...rest }: JsonObject): Transition {
  if (conditions === undefined) return rest as unknown as Transition;
  return { ...rest, conditions: Object.values(conditions as JsonObject) } as unknown as Transition;
}

/** What a person calls it: an event, or the match of some names. */
function nameOf({ event, conditions }: Transition): string {
  if (conditions === undefined) return event;
  return `${event} "${conditions.map(({ friendly_name: name }) => name).join(", ")}"`;
}

/** Under names that are all different: the second of a name is `name (2)`. */
function named(transitions: readonly Transition[]): Named {
  const found = new Map<string, Transition>();
  for (const transition of transitions) found.set(fresh(nameOf(transition), found), transition);
  return found;
}

function fresh(name: string, taken: ReadonlyMap<string, unknown>): string {
  let unique = name;
  for (let count = 2; taken.has(unique); count++) unique = `${name} (${count})`;
  return unique;
}

/**
 * A side's transitions under the names that they had before. A match whose name or value was edited is still that match:
 * it is found by its conditions, then by its name, then by where it leads, then by its place.
 */
function aligned(base: Named, side: readonly Transition[]): Named {
  const ids = new Map<Transition, string>();
  const isFree = (id: string) => ![...ids.values()].includes(id);
  const rounds: ((was: Transition, now: Transition) => boolean)[] = [
    (was, now) => equal(conditionsOf(was), conditionsOf(now)) && was.event === now.event,
    (was, now) => nameOf(was) === nameOf(now),
    (was, now) => was.event === now.event && isMatch(was) && isMatch(now) && was.next === now.next,
  ];
  for (const isSame of rounds) {
    for (const now of side.filter((each) => !ids.has(each))) {
      const id = [...base].find(([each, was]) => isFree(each) && isSame(was, now))?.[0];
      if (id !== undefined) ids.set(now, id);
    }
  }
  // A match that was both edited and led elsewhere: when as many are left on both sides, it is the one in its place.
  const left = side.filter((each) => !ids.has(each) && isMatch(each));
  const gone = [...base].filter(([id, was]) => isFree(id) && isMatch(was));
  if (left.length === gone.length) {
    for (const [at, now] of left.entries()) ids.set(now, gone[at]?.[0] ?? nameOf(now));
  }
  const result = new Map<string, Transition>();
  const taken = new Map<string, unknown>([...base.keys(), ...ids.values()].map((id) => [id, null]));
  for (const now of side) {
    const id = ids.get(now) ?? fresh(nameOf(now), new Map([...taken, ...result]));
    result.set(id, now);
  }
  return result;
}

const isMatch = ({ conditions }: Transition) => conditions !== undefined;
const conditionsOf = ({ conditions = [] }: Transition): JsonValue =>
  conditions.map((condition) => ({ ...condition }));
