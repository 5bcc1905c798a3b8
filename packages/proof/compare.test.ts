import { expect, test } from "vitest";
import type { Seen } from "@support-line/local-twilio/proof";
import { compare, fieldsThatDiffer } from "./compare.ts";

const fact = (id: string, saw: Seen) => ({ id, asks: id, source: "a page", saw });
const run = (...facts: ReturnType<typeof fact>[]) => ({ facts, notAsked: [] });

test("equal, different and not asked are told apart", () => {
  const unasked = { id: "c", asks: "c", source: "a page", why: "no numbers" };
  const twilio = { facts: [fact("a", 1), fact("b", { state: "active" }), fact("d", 1)], notAsked: [unasked] };
  const { equal, different, notAsked } = compare(
    twilio,
    run(fact("a", 1), fact("b", { state: "closed" }), fact("c", 1)),
  );
  expect(equal.map(({ id }) => id)).toEqual(["a"]);
  expect(different).toMatchObject([
    { id: "b", fields: [{ path: "state", twilio: "active", local: "closed" }] },
  ]);
  expect(notAsked.map(({ id }) => id)).toEqual(["c", "d"]);
});

test.each<[string, Seen, Seen, unknown[]]>([
  ["a field that Twilio has", { a: 1, b: 2 }, { a: 1 }, [{ path: "b", twilio: 2 }]],
  ["a field that is null and one that is missing", { a: null }, {}, [{ path: "a", twilio: null }]],
  ["a field deep inside", { a: { b: 1 } }, { a: { b: 2 } }, [{ path: "a.b", twilio: 1, local: 2 }]],
  ["another order of a list", ["a", "b"], ["b", "a"], [{ path: "", twilio: ["a", "b"], local: ["b", "a"] }]],
  ["an order of fields says nothing", { a: 1, b: 2 }, { b: 2, a: 1 }, []],
  ["a text and a number", "1", 1, [{ path: "", twilio: "1", local: 1 }]],
])("%s", (_, twilio, local, fields) => {
  expect(fieldsThatDiffer(twilio, local)).toEqual(fields);
});
