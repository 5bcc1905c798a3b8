import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineKey, readList, spreadList } from "./lists.ts";

const numbers = (count: number) =>
  Array.from({ length: count }, (_, at) => `+1555010${String(at).padStart(4, "0")}`);

describe("a list in Variables", () => {
  test("is read as it was written, 450 bytes a Variable", () => {
    const value = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
      .filter((text) => !text.includes(","));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 200 }), (values) => {
        const variables = spreadList("SUPPORT_AGENTS", values);
        expect(readList(variables, "SUPPORT_AGENTS")).toEqual(values);
        for (const held of Object.values(variables)) expect(Buffer.byteLength(held)).toBeLessThanOrEqual(450);
      }),
    );
  });

  test("is one Variable as long as it fits, so that one changed number is one write", () => {
    expect(Object.keys(spreadList("A", []))).toEqual(["A"]);
    expect(Object.keys(spreadList("A", numbers(34)))).toEqual(["A"]);
    expect(Object.keys(spreadList("A", numbers(35)))).toEqual(["A", "A_2"]);
  });

  test("changes only the Variable that a changed value is in", () => {
    const before = numbers(100);
    const after = before.with(50, "+15550109999");
    const [one, other] = [spreadList("A", before), spreadList("A", after)];
    expect(Object.keys(one).filter((key) => one[key] !== other[key])).toEqual(["A_2"]);
  });

  test("is named after its line", () => {
    expect(lineKey("after-sales", "PROXIES")).toBe("AFTER_SALES_PROXIES");
  });

  test("refuses what it could not give back", () => {
    expect(() => spreadList("A", ["+15550100001,+15550100002"])).toThrow("without a comma");
    expect(() => spreadList("A", [""])).toThrow("A cannot hold ''");
    expect(() => spreadList("A", ["x".repeat(451)])).toThrow("1 to 450 bytes");
    expect(() => spreadList("A".repeat(127), numbers(38))).toThrow("more than 128 characters");
  });
});
