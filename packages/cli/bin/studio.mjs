#!/usr/bin/env node
// Runs on any Node from 20 on: where this one cannot read TypeScript, the project's own does.
import * as nodeModule from "node:module";
import { fileURLToPath } from "node:url";
import { runChild } from "../run-child.mjs";
import { projectNode } from "./project-node.mjs";

const cli = fileURLToPath(new URL("../studio.ts", import.meta.url));
if (Number(process.versions.node.split(".")[0]) >= 24) {
  nodeModule.enableCompileCache?.();
  await import(cli);
} else {
  const node = projectNode();
  if (node !== undefined) {
    process.exitCode = await runChild(node, [cli, ...process.argv.slice(2)]);
  } else {
    console.error(
      `studio needs Node 24 and found ${process.version}. Run "npm install" in the project: it brings one.`,
    );
    process.exitCode = 2;
  }
}
