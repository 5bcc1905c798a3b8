/** The console of a Function: what it prints belongs to the run that printed it. */
import { format, inspect } from "node:util";
import type { Invocation } from "../types.ts";
import { limits } from "../limits.ts";
import { currentRun } from "./run.ts";

type Level = Invocation["logs"][number]["level"];

/**
 * Puts the collecting console in place of the process's. Lines printed outside any run are dropped: nobody can see
 * them at Twilio either. What is missing here (`table`, `trace`, `count` …) prints through these.
 */
export function collectConsole(): void {
  const levels = { debug: "debug", log: "info", info: "info", warn: "warn", error: "error" } as const;
  for (const [method, level] of Object.entries(levels)) {
    console[method as keyof typeof levels] = (...values: unknown[]) => keep(level, format(...values));
  }
  console.dir = (value: unknown, options?: object) => keep("info", inspect(value, options));
}

function keep(level: Level, message: string): void {
  const logs = currentRun()?.logs;
  if (logs === undefined || logs.length >= limits.console.lines) return;
  logs.push({ level, message: message.slice(0, limits.console.characters) });
}
