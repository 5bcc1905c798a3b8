/** The branches of a split, in the order in which they are tried. */
import { isObject } from "../json.ts";
import { implies, literalsOf, lookedAt, neverHolds, passes } from "./conditions.ts";
import type { Node, PlacedCondition, WayOut } from "./graph.ts";

export interface Branch {
  readonly conditions: readonly PlacedCondition[];
  readonly to: string | null;
  readonly path: string;
  /** What is said of it: its conditions' friendly names, or what they compare with. */
  readonly said: string;
  /** What each condition looks at. */
  readonly looked: readonly (string | undefined)[];
  /** The only texts it lets through; undefined when there are any number, or it looks at several things. */
  readonly literals: readonly string[] | undefined;
}

/** A split's branches that match by condition; none for another type of widget. */
export function branchesOf({ type, ways, properties }: Node): Branch[] {
  if (type !== "split-based-on") return [];
  const input = isObject(properties) && typeof properties["input"] === "string" ? properties["input"] : "";
  return ways.filter(({ event }) => event === "match").map((way) => branchOf(way, input));
}

function branchOf({ conditions, to, path }: WayOut, input: string): Branch {
  const looked = conditions.map((condition) => lookedAt(condition, input));
  const isOneThing = looked[0] !== undefined && looked.every((each) => each === looked[0]);
  const finite = isOneThing ? conditions.map(literalsOf).find((each) => each !== undefined) : undefined;
  return {
    conditions,
    to,
    path,
    said:
      conditions.map(({ friendly_name: name, value }) => `"${name || value}"`).join(" and ") || "a branch",
    looked,
    // Conditions of a branch join with "and": each other one thins the texts out.
    literals: finite?.filter((text) => conditions.every((condition) => passes(condition, text) !== false)),
  };
}

/** Why a branch can match nothing; undefined when it can. */
export function whyNever({ conditions, literals }: Branch): string | undefined {
  if (conditions.length === 0) return "it has no condition";
  for (const condition of conditions) {
    const why = neverHolds(condition);
    if (why !== undefined) return why;
  }
  return literals?.length === 0 ? "its conditions exclude each other" : undefined;
}

/** Whether whatever the later branch lets through is taken by the earlier one. */
export function covers(earlier: Branch, later: Branch): boolean {
  if (earlier.conditions.length === 0) return false;
  return earlier.conditions.every((other, at) =>
    later.conditions.some(
      (one, index) =>
        earlier.looked[at] !== undefined && later.looked[index] === earlier.looked[at] && implies(one, other),
    ),
  );
}

/** Whether a branch takes a text that the later one is for; both look at one and the same thing. */
export function takes(earlier: Branch, later: Branch, text: string): boolean {
  if (earlier.conditions.length === 0 || earlier.looked.some((each) => each !== later.looked[0])) {
    return false;
  }
  return earlier.conditions.every((condition) => passes(condition, text) === true);
}
