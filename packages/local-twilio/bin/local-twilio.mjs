#!/usr/bin/env node
// Runs on any Node from 20 on: where this one cannot read TypeScript, the project's own does.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../cli.ts", import.meta.url));
if (Number(process.versions.node.split(".")[0]) >= 24) {
  nodeModule.enableCompileCache?.(fileURLToPath(new URL("../../../.state/compiled", import.meta.url)));
  await import(cli);
} else {
  const node = fileURLToPath(new URL("../../../node_modules/.bin/node", import.meta.url));
  if (!existsSync(node)) {
    console.error(
      `local-twilio needs Node 24 and found ${process.version}. Run "npm install" in the checkout: it brings one.`,
    );
    process.exit(2);
  }
  const child = spawn(node, [cli, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"]))
    process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
