/** The console of a Function: what it prints belongs to the run that printed it. */
import { AsyncLocalStorage } from "node:async_hooks";
import { format } from "node:util";
import type { Invocation } from "../types.ts";

type Log = Invocation["logs"][number];

const current = new AsyncLocalStorage<Log[]>();

/** What is kept of one run: lines, and characters a line. */
const limits = { lines: 1000, characters: 16_384 };

/** Runs `work` with a console of its own and gives what was printed. */
export function withConsole(logs: Log[], work: () => void): void {
  current.run(logs, work);
}

/** Puts the collecting console in place of the process's. Lines printed outside any run are dropped: nobody can see them at Twilio either. */
export function collectConsole(): void {
  const levels = { debug: "debug", log: "info", info: "info", warn: "warn", error: "error" } as const;
  for (const [method, level] of Object.entries(levels)) {
    console[method as keyof typeof levels] = (...values: unknown[]) => {
      const logs = current.getStore();
      if (logs === undefined || logs.length >= limits.lines) return;
      logs.push({ level, message: format(...values).slice(0, limits.characters) });
    };
  }
}
