import { describe, expect, test } from "vitest";
import { lineKey, readList, spreadList } from "./lists.ts";

const numbers = (count: number) =>
  Array.from({ length: count }, (_, at) => `+1555010${String(at).padStart(4, "0")}`);

describe("a list in Variables", () => {
  test.each([0, 1, 37, 38, 200])("of %i numbers is read as it was written, 450 bytes a Variable", (count) => {
    const variables = spreadList("SUPPORT_AGENTS", numbers(count));
    expect(readList(variables, "SUPPORT_AGENTS")).toEqual(numbers(count));
    for (const value of Object.values(variables)) expect(Buffer.byteLength(value)).toBeLessThanOrEqual(450);
  });

  test("is one Variable as long as it fits, so that one changed number is one write", () => {
    expect(Object.keys(spreadList("A", numbers(3)))).toEqual(["A"]);
    expect(Object.keys(spreadList("A", numbers(38)))).toEqual(["A", "A_2"]);
  });

  test("is named after its line", () => {
    expect(lineKey("after-sales", "PROXIES")).toBe("AFTER_SALES_PROXIES");
  });
});
