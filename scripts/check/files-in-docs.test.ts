import { expect, test } from "vitest";
import { missingFiles } from "./files-in-docs.ts";

test("a file that a page names has to be there, in words and behind a link", () => {
  const text = "See `infra/index.ts`, `packages/a/gone.ts` and [the page](../docs/gone.md#part).";
  expect(missingFiles("docs/page.md", text, (file) => file === "infra/index.ts")).toEqual([
    "docs/page.md names packages/a/gone.ts, which is not there",
    "docs/page.md names docs/gone.md, which is not there",
  ]);
});
