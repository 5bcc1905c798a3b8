#!/usr/bin/env node
// Runs on any Node from 20 on: where this one cannot read TypeScript, the project's own does.
import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { fileURLToPath } from "node:url";
import { runChild } from "../../../scripts/run-child.mjs";

const cli = fileURLToPath(new URL("../studio.ts", import.meta.url));
if (Number(process.versions.node.split(".")[0]) >= 24) {
  nodeModule.enableCompileCache?.(fileURLToPath(new URL("../../../.state/compiled", import.meta.url)));
  await import(cli);
} else {
  const node = fileURLToPath(new URL("../../../node_modules/.bin/node", import.meta.url));
  if (existsSync(node)) {
    process.exitCode = await runChild(node, [cli, ...process.argv.slice(2)]);
  } else {
    console.error(
      `studio needs Node 24 and found ${process.version}. Run "npm install" in the checkout: it brings one.`,
    );
    process.exitCode = 2;
  }
}
