/** Lists of which both sides have a copy, merged by the names of their items. */
import type { Side } from "./conflict.ts";

/** The merged order; null for `reordered` unless both sides put what all three have into another order. */
export interface MergedOrder {
  readonly ids: readonly string[];
  readonly reordered: { readonly ours: readonly string[]; readonly theirs: readonly string[] } | null;
}

/**
 * The order of what stays. The side that put it into another order is followed; what is new stands behind what it stood
 * behind on its own side. What both sides put in one place stands in the order of its names, so that the two sides may
 * be exchanged.
 *
 * @param kept names of what is in the merged list, each of them in `base`, `ours` or `theirs`
 * @param prefer the side that is followed when both put what they share into another order
 */
export function mergeOrder(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
  kept: ReadonlySet<string>,
  prefer: Side | null = null,
): MergedOrder {
  const shared = base.filter((id) => kept.has(id) && ours.includes(id) && theirs.includes(id));
  const [our, their] = [ours, theirs].map((ids) => ids.filter((id) => shared.includes(id)));
  const ourOrder = our ?? [];
  const theirOrder = their ?? [];
  const isOursMoved = !isSame(ourOrder, shared);
  const isTheirsMoved = !isSame(theirOrder, shared);
  const isConflict = isOursMoved && isTheirsMoved && !isSame(ourOrder, theirOrder);
  const followsTheirs = isConflict ? prefer === "theirs" : isTheirsMoved;
  const skeleton = followsTheirs ? theirOrder : ourOrder;
  const rest = [...kept].filter((id) => !shared.includes(id)).sort();
  return {
    ids: placed(skeleton, rest, [ours, theirs, base]),
    reordered: isConflict ? { ours: ourOrder, theirs: theirOrder } : null,
  };
}

/** The skeleton with each of the rest behind what it follows in the first list that has it. */
function placed(
  skeleton: readonly string[],
  rest: readonly string[],
  lists: readonly (readonly string[])[],
): string[] {
  const behind = new Map<string, string[]>();
  const isPlaced = new Set([...skeleton, ...rest]);
  for (const id of rest) {
    const list = lists.find((each) => each.includes(id)) ?? [];
    const before = list.slice(0, list.indexOf(id)).filter((each) => isPlaced.has(each));
    const key = before.at(-1) ?? "";
    behind.set(key, [...(behind.get(key) ?? []), id]);
  }
  const ids: string[] = [];
  const put = (id: string): void => {
    if (ids.includes(id)) return;
    ids.push(id);
    for (const next of behind.get(id) ?? []) put(next);
  };
  for (const id of behind.get("") ?? []) put(id);
  for (const id of skeleton) put(id);
  return [...ids, ...rest.filter((id) => !ids.includes(id))];
}

const isSame = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((id, at) => id === other[at]);
