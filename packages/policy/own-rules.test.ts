import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ownRules } from "./own-rules.ts";

const place = mkdtempSync(join(tmpdir(), "own-rules-"));
afterAll(() => rmSync(place, { recursive: true }));

/** A project with these files in its policy folder. */
function project(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(place, name, "policy");
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return join(place, name);
}
const rule = (name: string) =>
  `export default { name: "${name}", description: "Why.", ofResource: ({ name }) => [name + " is wrong"] };\n`;

test("a project's rules are the files of its policy folder, tests left out", async () => {
  const folder = project("two", {
    "b.ts": rule("b"),
    "a.js": rule("a"),
    "a.test.ts": "throw new Error();\n",
  });
  const rules = await ownRules(folder, []);
  expect(rules.map(({ name }) => name)).toEqual(["a", "b"]);
  const resource = { type: "", name: "number", stage: "prod", isProtected: false, props: {} };
  expect(await rules[0]?.ofResource?.(resource)).toEqual(["number is wrong"]);
});

test("without a folder there are none", async () => {
  expect(await ownRules(undefined, [])).toEqual([]);
  expect(await ownRules(place, [])).toEqual([]);
});

test("a file that has no rule, and a name that is taken, are named", async () => {
  const none = project("none", { "words.ts": "export default 5;\n" });
  await expect(ownRules(none, [])).rejects.toThrow("policy/words.ts has no Rule as its default export");
  const twice = project("twice", { "own.ts": rule("flows-are-sound") });
  await expect(ownRules(twice, ["flows-are-sound"])).rejects.toThrow(
    "policy/own.ts: there is a rule flows-are-sound already",
  );
});
