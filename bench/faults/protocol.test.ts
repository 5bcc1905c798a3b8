import { expect, test } from "vitest";
import { deployments } from "./protocol.ts";

test("whatever fails on the way, one clean up with refresh makes both sides agree", async () => {
  const over = await deployments([1, 2, 3, 4, 5, 6], 2);
  expect(over.filter(({ problems }) => problems.length > 0)).toEqual([]);
  expect(over.some(({ faults }) => faults > 0)).toBe(true);
  expect(over.some(({ failed }) => failed > 0)).toBe(true);
});
