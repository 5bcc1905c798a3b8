import { expect, test } from "vitest";
import { anchorsOf, cellsOf, linksOf, partsOf, slugOf } from "./markdown.ts";

const page = `# A page of \`code\`

See [there](there.md#part "title"), [here](#a-page-of-code) and \`[not](this.md)\`.

<source srcset="a.svg">

\`\`\`sh run: project
npm start   # [no](link.md)
# no heading
\`\`\`

## Again

## Again

| one | two \\| three |
| --- | --- |
| \`a\` | b |

[there]: https://example.com
`;

test("links are those of prose, with their lines", () => {
  expect(linksOf(page)).toEqual([
    { target: "there.md#part", line: 3 },
    { target: "#a-page-of-code", line: 3 },
    { target: "a.svg", line: 5 },
    { target: "https://example.com", line: 20 },
  ]);
});

test("anchors are GitHub's: a heading that stands twice has a number", () => {
  expect([...anchorsOf(page)]).toEqual(["a-page-of-code", "again", "again-1"]);
  expect(slugOf("What it does, and `--why` ([link](x.md))")).toBe("what-it-does-and---why-link");
});

test("fences have a language, words and their text", () => {
  expect(partsOf(page).fences).toEqual([
    { language: "sh", words: "run: project", text: "npm start   # [no](link.md)\n# no heading", line: 7 },
  ]);
});

test("cells of tables, without the line below the head", () => {
  expect(cellsOf(page).map(({ text }) => text)).toEqual(["one", "two \\| three", "`a`", "b"]);
});
