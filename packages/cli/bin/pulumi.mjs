#!/usr/bin/env node
// Runs on any Node from 20 on: the command itself runs on the project's own, which set-up puts into node_modules/.bin.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runChild } from "../../../scripts/run-child.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const node = join(root, "node_modules", ".bin", "node");

if (existsSync(node)) {
  process.exitCode = await runChild(node, [join(root, "packages/cli/pulumi.ts"), ...process.argv.slice(2)]);
} else {
  console.error("This checkout is not set up yet: run npm run setup in it.");
  process.exitCode = 2;
}
