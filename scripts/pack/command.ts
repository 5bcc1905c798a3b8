/** A command as it is published: one sentence for a Node that is too old or has no node_modules, else its module. */

/** These write files and install, wherever they were installed themselves: `yarn create` has Plug'n'Play of its own. */
const runAnywhere = new Set(["create-support-line"]);

/**
 * @param name of the command
 * @param module that it runs, relative to the file
 * @param oldest Node that will do
 */
export function commandText(name: string, module: string, oldest: string): string {
  const [major, minor] = oldest.split(".");
  return `#!/usr/bin/env node
// Read by any Node there is, so that an old one is refused in a sentence.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < ${major} || (major === ${major} && minor < ${minor})) {
  console.error("${name} needs Node ${major}.${minor} or newer, and this is " + process.version + ": install Node 24 from https://nodejs.org.");
  process.exitCode = 2;
} else if (${runAnywhere.has(name) ? "false" : "process.versions.pnp !== undefined"}) {
  console.error("${name} does not run with Yarn's Plug'n'Play: write nodeLinker: node-modules into .yarnrc.yml and run yarn install.");
  process.exitCode = 2;
} else {
  if (major < 24) {
    // What Node 22 calls experimental is what this is tested with. Processes that it starts are told by the variable.
    const flag = "--disable-warning=ExperimentalWarning";
    process.env.NODE_OPTIONS = [process.env.NODE_OPTIONS, flag].filter(Boolean).join(" ");
    const warn = process.emitWarning;
    process.emitWarning = (...words) => {
      if (!words.includes("ExperimentalWarning")) Reflect.apply(warn, process, words);
    };
  }
  const { enableCompileCache } = await import("node:module");
  enableCompileCache?.();
  await import(${JSON.stringify(module)});
}
`;
}
