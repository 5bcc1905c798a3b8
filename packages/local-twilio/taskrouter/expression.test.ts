import { describe, expect, test } from "vitest";
import { ExpressionError, holds } from "./expression.ts";

const attributes = {
  language: "de",
  skills: ["parcels", "bills"],
  level: 3,
  isLead: true,
  routing: { skills: ["returns"] },
};

describe("holds", () => {
  test.each([
    ["1==1", true],
    ["1 == 2", false],
    ['language == "de"', true],
    ["language = 'en'", false],
    ["language != 'en'", true],
    ['skills HAS "parcels"', true],
    ["skills HAS 'returns'", false],
    ["routing.skills HAS 'returns'", true],
    ['"parcels" IN skills', true],
    ['language IN ["de", "fr"]', true],
    ['language NOT IN ["de", "fr"]', false],
    ["level > 2 AND level <= 3", true],
    ["level < 2 OR isLead == true", true],
    ["NOT (level < 2 OR language == 'en')", true],
    ["language CONTAINS 'd'", true],
    ["skills CONTAINS 'bills'", true],
    ["nobody == 'x'", false],
    ["nobody == null", true],
    ["level == '3'", true],
    ["level HAS 3", false],
  ])("%s is %s", (expression, is) => {
    expect(holds(expression, attributes)).toBe(is);
  });

  test.each(["language ==", "(1==1", "language == 'de' language", "#", '["de"', "== 1", "skill-level > 3"])(
    "%s cannot be read, and is named",
    (expression) => {
      expect(() => holds(expression, attributes)).toThrow(ExpressionError);
      expect(() => holds(expression, attributes)).toThrow(`'${expression}'`);
    },
  );
});
