import { expect, test } from "vitest";
import { playKills } from "./testing/kills.ts";

test("ten kills lose no message that was acknowledged, and leave no process behind", async () => {
  const { lost, orphans, acknowledged, functions } = await playKills(20_261_201, 10);
  expect(lost).toEqual([]);
  expect(orphans).toEqual([]);
  expect(acknowledged).toBeGreaterThan(50);
  expect(functions).toEqual({ before: 4, during: 3, after: 3 });
});
