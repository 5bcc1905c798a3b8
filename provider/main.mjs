// Starts the provider, or says in one sentence why it cannot be started.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** @param {string} folder @returns {boolean} whether Yarn's Plug'n'Play is in it or above */
const hasPlugAndPlay = (folder) =>
  existsSync(join(folder, ".pnp.cjs")) || (dirname(folder) !== folder && hasPlugAndPlay(dirname(folder)));

/** @param {string} text */
const refuse = (text) => {
  console.error(text);
  process.exitCode = 1;
};

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 21)) {
  refuse(
    `The provider twilio needs Node 22.21 or newer, and this is ${process.version}: install Node 24 from https://nodejs.org.`,
  );
} else if (hasPlugAndPlay(import.meta.dirname)) {
  refuse(
    "The provider twilio does not run with Yarn's Plug'n'Play: write nodeLinker: node-modules into .yarnrc.yml and run yarn install.",
  );
} else {
  // What Node 22 calls experimental is what the provider is tested with.
  const warn = process.emitWarning;
  process.emitWarning = /** @type {typeof process.emitWarning} */ (
    (/** @type {[string, ...unknown[]]} */ ...words) => {
      if (!words.includes("ExperimentalWarning")) Reflect.apply(warn, process, words);
    }
  );
  try {
    await import("@support-line/provider/main");
  } catch (error) {
    const { code, message = "" } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== "ERR_MODULE_NOT_FOUND" || !message.includes("@support-line/provider")) throw error;
    refuse(
      "The provider twilio is not installed: run npm install (or your package manager's) in the project.",
    );
  }
}
