/**
 * Whoever words their line otherwise breaks no test: in a second checkout every text of every template is another one, and the
 * tool's tests and the line's are green.
 */
import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withTexts } from "./projects/texts.ts";
import { SecondCheckout } from "./second-checkout.ts";

const minutes = 25;
const projects = ["unit", "line", "e2e"];
/** Packages whose tests see nothing of a project: `scripts/check/arrows.ts` holds that. */
const apart = ["twilio-api", "functions-runtime", "functions", "provider", "local-twilio", "console"];

/** The same with every letter another one; Liquid stays. */
const otherwise = (text: string) =>
  text.replace(/\{\{[^]*?\}\}|\{%[^]*?%\}|[a-z]/gi, (part) => (part.length > 1 ? part : otherLetter(part)));

function otherLetter(letter: string): string {
  const first = /[a-z]/.test(letter) ? "a" : "A";
  const at = letter.charCodeAt(0) - first.charCodeAt(0);
  return String.fromCharCode(first.charCodeAt(0) + ((at + 13) % 26));
}

/** Has every template of a checkout say something else; answers how many texts were changed. */
async function sayOtherwise(folder: string): Promise<number> {
  let changed = 0;
  const templates = join(folder, "flow-templates");
  for (const file of (await readdir(templates)).filter((name) => name.endsWith(".json"))) {
    const text = await readFile(join(templates, file), "utf8");
    const other = withTexts(text, (_, said) => {
      changed += 1;
      return otherwise(said);
    });
    await writeFile(join(templates, file), other);
  }
  return changed;
}

/** Runs the tests of a checkout; what failed, and all that was printed. */
function testsOf(folder: string): Promise<{ readonly failed: string[]; readonly text: string }> {
  const vitest = join(folder, "node_modules/vitest/vitest.mjs");
  const words = [
    ...[vitest, "run", "--reporter=default", ...projects.map((each) => `--project=${each}`)],
    ...apart.map((each) => `--exclude=packages/${each}/**`),
  ];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      words,
      { cwd: folder, env: { ...process.env, NO_COLOR: "1" }, maxBuffer: 256e6 },
      (error, stdout, stderr) => {
        const text = stdout + stderr;
        const failed = [...new Set([...text.matchAll(/^ *FAIL +(.*)$/gm)].map(([, name = ""]) => name))];
        resolve({ failed: error !== null && failed.length === 0 ? ["the run itself"] : failed, text });
      },
    );
  });
}

test("every text of every template changed at once", { timeout: minutes * 60_000 }, async () => {
  await using checkout = await SecondCheckout.of(process.cwd());
  expect(await sayOtherwise(checkout.folder)).toBeGreaterThan(20);
  const { failed, text } = await testsOf(checkout.folder);
  expect(failed, text.slice(-4000)).toEqual([]);
});
