import { readFunctions } from "@support-line/functions-runtime/sources";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { functionChanges } from "./functions.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "support-line-functions-"));
  const files = {
    "functions/greet.ts": `import { word } from "./shared/word.ts"; exports.handler = () => word;`,
    "functions/inner/ask.protected.ts": `import { word } from "../shared/word.ts"; exports.handler = () => word;`,
    "functions/plain.js": "exports.handler = () => 1;",
    "functions/plain.test.ts": "",
    "functions/shared/word.ts": `export const word = "hello";`,
  };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const project = () => ({ folder, functions: () => readFunctions(join(folder, "functions")) });
const here = { isNew: () => false, isThere: () => true };

test("a Function changes by its own file, and each one that imports a file that changed", async () => {
  expect(await functionChanges(project(), ["functions/plain.js"], here)).toEqual([
    { path: "/plain", how: "changed", through: [] },
  ]);
  expect(await functionChanges(project(), ["functions/shared/word.ts"], here)).toEqual([
    { path: "/greet", how: "changed", through: ["functions/shared/word.ts"] },
    { path: "/inner/ask", how: "changed", through: ["functions/shared/word.ts"] },
  ]);
});

test("one is new, one is gone, one only has another visibility, one is an adopted line's", async () => {
  const files = [
    "functions/gone.protected.ts",
    "functions/greet.ts",
    "functions/greet.protected.ts",
    "functions/inner/ask.protected.ts",
    "functions/adopted/shop/assign.js",
  ];
  const changes = await functionChanges(project(), files, {
    isNew: (file) => file === "functions/inner/ask.protected.ts" || file === "functions/greet.ts",
    isThere: (file) => file !== "functions/gone.protected.ts" && file !== "functions/greet.protected.ts",
  });
  expect(changes.map(({ path, how }) => `${path} ${how}`)).toEqual([
    "/gone gone",
    "/greet changed",
    "/inner/ask new",
    "adopted/shop/assign changed",
  ]);
});

test("tests, types and other files are no Function", async () => {
  const files = ["functions/plain.test.ts", "functions/globals.d.ts", "infra/index.ts", "README.md"];
  expect(await functionChanges(project(), files, here)).toEqual([]);
});

test("where one cannot be bundled, those whose own files changed are still named", async () => {
  await writeFile(join(folder, "functions/greet.ts"), "export const = ;");
  expect(await functionChanges(project(), ["functions/greet.ts"], here)).toEqual([
    { path: "/greet", how: "changed", through: [] },
  ]);
});
