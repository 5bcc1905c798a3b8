import { expect, test } from "vitest";
import { check, pagesByPath } from "./pages-in-messages.ts";

test("a message that names a page by its path is named; an address and a comment are not", () => {
  const text = [
    "/** docs/how-to/drift.md says more. */",
    "export const a = `See ${docs}/how-to/drift.md or https://example.com/docs/how-to/drift.md`;",
    "export const b = `${a}: docs/how-to/drift.md#why has the reason`;",
  ].join("\n");
  expect(pagesByPath("packages/cli/a.ts", text)).toEqual([
    "packages/cli/a.ts:3 names docs/how-to/drift.md, which a person's project does not have; give its address",
  ]);
});

test("no message here does", () => {
  expect(check(process.cwd())).toEqual([]);
});
