/** Two contexts as one tree, with what a step added, changed and took away marked. */

export interface Branch {
  readonly key: string;
  /** From the root: `widgets.check-support`. */
  readonly path: string;
  readonly mark: "same" | "added" | "changed" | "removed";
  /** Whether anything below is not the same. */
  readonly hasChanges: boolean;
  /** What stands here, for a leaf. */
  readonly value?: unknown;
  readonly before?: unknown;
  readonly below: readonly Branch[];
}

/** The branches of a context. */
export function branchesOf(before: unknown, after: unknown, path = ""): Branch[] {
  const [old, now] = [entriesOf(before), entriesOf(after)];
  return [...new Set([...now.keys(), ...old.keys()])].map((key): Branch => {
    const own = path === "" ? key : `${path}.${key}`;
    const [was, is] = [old.get(key), now.get(key)];
    const isNew = !old.has(key);
    const isGone = !now.has(key);
    const shown = isGone ? was : is;
    const below = isTree(shown) ? branchesOf(isNew ? undefined : was, isGone ? undefined : is, own) : [];
    const isSame = !isNew && !isGone && JSON.stringify(was) === JSON.stringify(is);
    const mark = isNew
      ? "added"
      : isGone
        ? "removed"
        : isSame || (isTree(shown) && isTree(was))
          ? "same"
          : "changed";
    return {
      key,
      path: own,
      mark,
      hasChanges: !isSame,
      below,
      ...(isTree(shown) && below.length > 0 ? {} : { value: shown }),
      ...(mark === "changed" ? { before: was } : {}),
    };
  });
}

function isTree(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function entriesOf(value: unknown): Map<string, unknown> {
  return new Map(isTree(value) ? Object.entries(value) : []);
}
