import { assert, integer, property, array, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { ancestorsOf, circlesOf } from "./cycles.ts";

const names = Array.from({ length: 40 }, (_, at) => `w${at}`);
const edges = array(tuple(integer({ min: 0, max: 39 }), integer({ min: 0, max: 39 })), { maxLength: 90 });

/** The graph of some edges, and by plain walking what each widget leads to. */
function graphOf(pairs: readonly (readonly [number, number])[]) {
  const next = (name: string) => pairs.flatMap(([from, to]) => (`w${from}` === name ? [`w${to}`] : []));
  const after = (name: string): Set<string> => {
    const found = new Set<string>();
    const open = next(name);
    for (let each = open.pop(); each !== undefined; each = open.pop()) {
      if (!found.has(each)) open.push(...next(each));
      found.add(each);
    }
    return found;
  };
  return { next, after: new Map(names.map((name) => [name, after(name)])) };
}

describe("any graph", () => {
  test("what leads to a widget is what plain walking finds", () => {
    assert(
      property(edges, (pairs) => {
        const { next, after } = graphOf(pairs);
        const isAncestor = ancestorsOf(names, next);
        for (const name of names) {
          const found = names.filter((each) => isAncestor(name, each));
          expect(found).toEqual(names.filter((each) => after.get(each)?.has(name)));
        }
      }),
      { numRuns: 60 },
    );
  });

  test("the circles are the widgets that lead back to themselves, with those they lead back through", () => {
    assert(
      property(edges, (pairs) => {
        const { next, after } = graphOf(pairs);
        const circles = circlesOf(names, next);
        expect(circles.flat().sort()).toEqual(names.filter((name) => after.get(name)?.has(name)).sort());
        for (const [first = "", ...others] of circles) {
          expect(others.every((each) => after.get(first)?.has(each) && after.get(each)?.has(first))).toBe(
            true,
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});
