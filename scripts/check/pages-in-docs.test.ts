import { expect, test } from "vitest";
import { brokenLinks } from "./links-in-docs.ts";
import { misspelt } from "./spelling.ts";
import { longCells } from "./tables-in-docs.ts";

test("a link to no file and one to no heading are named with their line", () => {
  const pages = [
    { file: "docs/a.md", text: "# A\n\n[b](b.md#there) [gone](gone.md) [web](https://x.org)\n" },
    { file: "docs/b.md", text: "# B\n\n[a](./a.md#a) [up](../README.md) [self](#b)\n" },
  ];
  const files = new Set(["docs/a.md", "docs/b.md", "README.md"]);
  expect(brokenLinks(pages, (path) => files.has(path))).toEqual([
    "docs/a.md:3 links to b.md#there, and docs/b.md has no such heading",
    "docs/a.md:3 links to gone.md, which is not there",
  ]);
});

test("a cell of 121 characters is named, one of 120 is not", () => {
  const text = `| a |\n| --- |\n| ${"x".repeat(120)} |\n| ${"x".repeat(121)} |\n`;
  expect(longCells({ file: "docs/a.md", text })).toEqual([
    "docs/a.md:4 has a cell of 121 characters; 120 are the most",
  ]);
});

test("a misspelt word of prose is named; code, names, addresses and the project's words are not", () => {
  const text = "A mesage to `teh` lineSchema, https://exmaple.com, a/pahth.ts and Twilio.\n\n```\nteh\n```\n";
  expect(misspelt({ file: "docs/a.md", text }, new Set(["twilio"]))).toEqual([
    'docs/a.md:1 has "mesage", which no dictionary has; a word of ours goes into scripts/docs/words.txt',
  ]);
});
