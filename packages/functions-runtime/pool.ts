/**
 * Processes that several hosts share, one after the other: one whose deployment is over waits here, and runs the next
 * deployment of the same code. Code that has loaded stays loaded, as at Twilio; who it runs for is told with the deployment.
 */
import { createHash } from "node:crypto";
import { FunctionsProcess } from "./process.ts";
import type { Deployment } from "./types.ts";

export interface FunctionsPool {
  /** A process for a deployment: one that waits, or a new one. */
  take(deployment: Deployment, env: Readonly<Record<string, string>>): FunctionsProcess;
  /** Takes back a process that nothing runs in. */
  giveBack(process: FunctionsProcess): void;
  /** Ends every process that waits. */
  close(): Promise<void>;
}

/** A pool in which nothing waits. */
export function createFunctionsPool(): FunctionsPool {
  const codes = new WeakMap<FunctionsProcess, string>();
  let waiting: FunctionsProcess[] = [];
  return {
    take(deployment, env) {
      const code = codeOf(deployment, env);
      const found = waiting.find((process) => !process.isOver && codes.get(process) === code);
      if (found !== undefined) {
        waiting = waiting.filter((process) => process !== found);
        found.adopt(deployment);
        return found;
      }
      const started = new FunctionsProcess(deployment, env);
      codes.set(started, code);
      return started;
    },
    giveBack(process) {
      if (process.isIdle) waiting.push(process);
      else process.retire();
    },
    async close() {
      const all = waiting;
      waiting = [];
      await Promise.all(all.map((process) => process.close()));
    },
  };
}

/** What a process has loaded, or could load: files, modules, and the environment it was started in. */
function codeOf({ functions, assets, modules }: Deployment, env: Readonly<Record<string, string>>): string {
  const hash = createHash("sha256");
  for (const { path, visibility, content } of [...functions, ...assets]) {
    hash.update(`${path}\0${visibility}\0${content.byteLength}\0`).update(content);
  }
  return hash.update(JSON.stringify([functions.length, modules, Object.entries(env).sort()])).digest("hex");
}
