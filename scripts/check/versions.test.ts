import { expect, test } from "vitest";
import { check, versionFaults } from "./versions.ts";

test("a package that was left behind is named", () => {
  expect(
    versionFaults(["package.json", "0.2.0"], {
      "packages/a/package.json": "0.2.0",
      "packages/b/package.json": "0.1.0",
    }),
  ).toEqual(["packages/b/package.json has version 0.1.0, and package.json has 0.2.0; they move together"]);
});

test("all of them move together here", () => {
  expect(check(process.cwd())).toEqual([]);
});
