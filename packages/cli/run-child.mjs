import { spawn } from "node:child_process";
import { constants } from "node:os";

/** @type {readonly NodeJS.Signals[]} */
const passedOn = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a command in our place: our terminal, our signals, its exit code.
 *
 * A Ctrl-C in a terminal reaches every process of the foreground group by itself. Passing it on would make it two,
 * and a second one makes Pulumi give up at once.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{env?: NodeJS.ProcessEnv, cwd?: string}} [options]
 * @returns {Promise<number>} exit code; 128 and the signal's number when a signal ended it
 */
export function runChild(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: "inherit" });
    const inTerminal = process.stdin.isTTY === true;
    const listeners = passedOn.map((signal) => {
      const listener = () => {
        if (signal !== "SIGINT" || !inTerminal) child.kill(signal);
      };
      process.on(signal, listener);
      return () => process.off(signal, listener);
    });
    const done = () => listeners.forEach((remove) => remove());
    child.on("error", (error) => {
      done();
      reject(error);
    });
    child.on("exit", (code, signal) => {
      done();
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
    });
  });
}
