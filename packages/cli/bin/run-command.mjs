import * as nodeModule from "node:module";
import { fileURLToPath } from "node:url";
import { runChild } from "../run-child.mjs";
import { projectNode } from "./project-node.mjs";

/** The first Node that reads TypeScript as our commands are written. */
const reads = 24;

/**
 * Runs a command, in this process where its Node can read it, and otherwise on the project's own Node, which set-up puts
 * into node_modules/.bin. The caller itself must run on any Node from 20 on.
 *
 * @param {string} name as people type it
 * @param {URL} file
 */
export async function runCommand(name, file) {
  if (Number(process.versions.node.split(".")[0]) >= reads) {
    // What Node has compiled once need not be compiled again.
    nodeModule.enableCompileCache?.();
    await import(file.href);
    return;
  }
  const node = projectNode();
  if (node === undefined) {
    console.error(
      `${name} needs Node ${reads} and found ${process.version}. Run "npm install" in the project: it brings one.`,
    );
    process.exitCode = 2;
    return;
  }
  process.exitCode = await runChild(node, [fileURLToPath(file), ...process.argv.slice(2)]).catch(
    (/** @type {Error} */ error) => {
      console.error(`${node} cannot be run (${error.message}): run npm run setup again.`);
      return 2;
    },
  );
}
