import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runChild } from "../packages/cli/run-child.mjs";
import { projectNode } from "./setup/project-node.mjs";
import { SetupError } from "../packages/cli/set-up/setup-error.mjs";
import { setUp } from "./setup/set-up.mjs";

/**
 * What each verb runs once the checkout is set up; `setup` itself runs nothing more.
 *
 * @type {Readonly<Record<string, string | null>>}
 */
export const scripts = {
  start: "packages/cli/start.ts",
  dev: "packages/cli/dev.ts",
  stop: "packages/cli/stop.ts",
  test: "scripts/test.ts",
  "test:all": "scripts/test-all.ts",
  bench: "bench/run.ts",
  verify: "scripts/verify.ts",
  prove: "scripts/prove.ts",
  day: "scripts/day.ts",
  walk: "scripts/walk.ts",
  stage: "packages/cli/stage.ts",
  generate: "scripts/generate.ts",
  pack: "scripts/pack/pack.ts",
  pictures: "scripts/pictures.ts",
  docs: "scripts/docs/show.ts",
  "docs:build": "scripts/docs/build.ts",
  setup: null,
};

/**
 * Sets the checkout up and runs a verb on the project's Node, with the project's commands first on PATH.
 *
 * @param {string} root folder of the checkout
 * @param {string[]} words the verb and its arguments
 * @returns {Promise<number>} exit code
 */
export async function runVerb(root, [verb = "", ...args]) {
  const script = scripts[verb];
  if (script === undefined) {
    console.error(`There is no "${verb}"; the verbs are ${Object.keys(scripts).join(", ")}.`);
    return 2;
  }
  if (verb === "stop" && !existsSync(projectNode(root))) {
    console.log("Nothing to stop: this checkout was never set up.");
    return 0;
  }
  try {
    if (verb !== "stop") await setUp(root);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}`);
    return 1;
  }
  if (script === null) return 0;
  const bin = join(root, "node_modules", ".bin");
  return runChild(projectNode(root), [join(root, script), ...args], {
    env: { ...process.env, PATH: [bin, process.env.PATH].filter(Boolean).join(delimiter) },
  });
}
