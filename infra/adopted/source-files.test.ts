import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { sourceFileName, sourceFiles } from "./source-files.ts";

const folder = mkdtempSync(join(tmpdir(), "adopted-"));
afterAll(() => rmSync(folder, { recursive: true }));

const deployed = [
  { path: "/greet", visibility: "public" },
  { path: "/inner/greet", visibility: "protected" },
  { path: "/inner/list.of-things", visibility: "private" },
];

test("a Function comes back from its file as it was deployed, to the byte", () => {
  for (const { path, visibility } of deployed) {
    const file = join(folder, sourceFileName(path, visibility) ?? "");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `exports.handler = 1;  // ${path}\r\n`);
  }
  writeFileSync(join(folder, "package.json"), "{}");
  const read = sourceFiles(folder);
  expect(read.map(({ path, visibility }) => ({ path, visibility }))).toEqual(deployed);
  expect(read[0]).toMatchObject({ name: "greet", code: "exports.handler = 1;  // /greet\r\n" });
});

test.each([
  "/../../etc/passwd",
  "/a/../b",
  "/.env",
  "/a//b",
  "/",
  "/node_modules/x",
  "/greet.private",
  "/a b",
])("%s is a path that no file is made for", (path) => {
  expect(sourceFileName(path, "public")).toBeNull();
});
