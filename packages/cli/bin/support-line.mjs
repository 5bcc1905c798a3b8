#!/usr/bin/env node
// Runs on any Node from 20 on: the command itself runs on the project's own, which set-up puts into node_modules/.bin.
import { fileURLToPath } from "node:url";
import { runChild } from "../run-child.mjs";
import { projectNode } from "./project-node.mjs";

const command = fileURLToPath(new URL("../support-line.ts", import.meta.url));
const node = projectNode();

if (node !== undefined) {
  process.exitCode = await runChild(node, [command, ...process.argv.slice(2)]).catch(
    (/** @type {Error} */ error) => {
      console.error(`${node} cannot be run (${error.message}): run npm run setup again.`);
      return 2;
    },
  );
} else {
  console.error("This project is not set up yet: run npm run setup in it.");
  process.exitCode = 2;
}
