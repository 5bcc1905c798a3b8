import { expect, test } from "vitest";
import { mutantsOf } from "./mutants.ts";

const mutated = (text: string) =>
  mutantsOf("a.ts", text).map(({ from, to, text: other }) => text.slice(0, from) + other + text.slice(to));

test.each([
  ["const a = b >= c;", ["const a = b > c;"]],
  ["const day = 24;", ["const day = (24 * 2);"]],
  ["refuse(409);", ["refuse(400);"]],
  ["if (a) b();", ["if (!(a)) b();"]],
  ["const a = b && true;", ["const a = b || true;", "const a = b && false;"]],
])("%s", (text, others) => {
  expect(mutated(text)).toEqual(others);
});

test("types, imports and texts have none", () => {
  expect(mutated('import a from "a";\ninterface B { c: 1 }\nconst d: 2 = "e" + f;')).toEqual([]);
});
