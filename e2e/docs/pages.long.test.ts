/** Every page of docs with blocks to run keeps its word: each in a project of its own, on a local Twilio of its own. */
import { expect, test } from "vitest";
import { partsOf } from "../../scripts/docs/markdown.ts";
import { pagesOf } from "../../scripts/docs/pages.ts";
import { runPage } from "./page-runner.ts";

const pages = pagesOf(process.cwd()).filter(({ text }) =>
  partsOf(text).fences.some(({ words }) => words === "run"),
);

test.each(pages)("$file", { timeout: 900_000 }, async ({ text }) => {
  expect(await runPage(text)).toEqual([]);
});
