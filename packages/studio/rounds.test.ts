import { expect, test } from "vitest";
import { inRounds, wayShown } from "./rounds.ts";

const round = (times: number, ...widgets: string[]) => Array.from({ length: times }, () => widgets).flat();

test.each([
  [[], ""],
  [["Trigger", "ask", "say"], "Trigger > ask > say"],
  [["Trigger", ...round(3, "a", "b"), "end"], "Trigger > a > b > a > b > a > b > end"],
  [["Trigger", ...round(499, "a", "b"), "a"], "Trigger > (a > b) 499 times > a"],
  [["Trigger", ...round(10, "count-up")], "Trigger > count-up 10 times"],
  [[...round(5, "a"), ...round(4, "b", "c", "d")], "a 5 times > (b > c > d) 4 times"],
])("a way of %# is shown short", (way, shown) => {
  expect(wayShown(way)).toBe(shown);
});

test("nothing of a way is lost or moved", () => {
  const way = ["Trigger", ...round(7, "a", "a", "b"), "c", ...round(4, "d")];
  const told = inRounds(way, (name) => name).flatMap(({ items, times }) => round(times, ...items));
  expect(told).toEqual(way);
});
