import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commandHelps } from "./commands.ts";
import { partsOf } from "./markdown.ts";
import { pagesOf } from "./pages.ts";
import { fault, typedOf } from "./typed.ts";

const root = process.cwd();
const helps = (await commandHelps(root)).flatMap(({ commands }) => commands);
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
const names = Object.keys(scripts);
/** What was true of a version stays as it was written. */
const pages = pagesOf(root).filter(
  ({ file }) => file !== "CHANGELOG.md" && file !== "docs/how-to/moving-a-clone.md",
);

test("every command of a page exists, with the flags that it is given", () => {
  const faults = pages.flatMap(({ file, text }) =>
    typedOf(text).flatMap(({ text: typed, line }) => {
      const wrong = fault(typed, helps, names);
      return wrong === null ? [] : [`${file}:${line} \`${typed}\`: ${wrong}`];
    }),
  );
  expect(faults).toEqual([]);
});

test.each([
  ["npx studio check a.json --strict", null],
  ["npx studio chek a.json", "npx studio has no chek"],
  ["npx studio check --strickt", "npx studio check has no --strickt"],
  ["npm run stage -- rollback prod --too 1a2b3c4", "npm run stage -- rollback has no --too"],
  ["npm run stagger", "there is no npm script stagger"],
  ["npm run stage -- <verb>", null],
  ['npx local-twilio say --from +1 --to +2 "hi"', null],
  ["npx pulumi up -s local --anything", null],
])("%s", (typed, wrong) => {
  expect(fault(typed, helps, names)).toBe(wrong);
});

test("every block of commands of docs is run by a test, or says why it is not", () => {
  const silent = pages
    .filter(({ file }) => file.startsWith("docs/"))
    .flatMap(({ file, text }) =>
      partsOf(text)
        .fences.filter(({ language }) => ["sh", "bash", "console", "shell"].includes(language))
        .filter(({ words }) => words !== "run" && !/^not-run: \S/.test(words))
        .map(({ line, words }) => `${file}:${line} is neither "run" nor "not-run: <reason>" (${words})`),
    );
  expect(silent).toEqual([]);
});

test("commands stand between fences, where a test sees them", () => {
  const indented = pages.flatMap(({ file, text }) =>
    partsOf(text)
      .lines.filter(({ text: line }) => /^ {4}(?:npm|npx|pulumi|git|node|export|curl|cd) /.test(line))
      .map(({ line }) => `${file}:${line}`),
  );
  expect(indented).toEqual([]);
});
