#!/usr/bin/env node
// Runs on any Node from 20 on: where this one cannot read TypeScript, the project's own does.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
if (Number(process.versions.node.split(".")[0]) >= 24) {
  nodeModule.enableCompileCache?.();
  await import(main);
} else {
  const node = projectNode();
  if (node === undefined) {
    console.error(
      `support-line-proof needs Node 24 and found ${process.version}. Run "npm install" in the project: it brings one.`,
    );
    process.exit(2);
  }
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"]))
    process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

/** The project's Node: of the nearest folder, upward, in which one is installed. */
function projectNode() {
  for (let at = process.cwd(); ; at = dirname(at)) {
    const node = join(at, "node_modules", ".bin", "node");
    if (existsSync(node)) return node;
    if (dirname(at) === at) return undefined;
  }
}
