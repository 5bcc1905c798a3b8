/** The local Twilio that runs on a folder: a small file says which process it is and where it listens. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { control, NoAnswer } from "./control-client.ts";
import { CommandError } from "./errors.ts";

export interface Running {
  readonly pid: number;
  readonly endpoint: string;
}

function file(folder: string): string {
  return join(folder, "running.json");
}

/** Notes that this process runs on `folder`. */
export function noteRunning(folder: string, running: Running): void {
  writeFileSync(file(folder), JSON.stringify(running));
}

/** Takes the note away. */
export function forgetRunning(folder: string): void {
  rmSync(file(folder), { force: true });
}

/** Whether there is a note: the last thing that a server does is to take it away. */
export function isNoted(folder: string): boolean {
  return existsSync(file(folder));
}

/**
 * What runs on `folder`, or undefined. A note left by a process that died counts for nothing: the server itself is asked.
 *
 * @throws NoAnswer when it runs and says nothing
 */
export async function findRunning(folder: string): Promise<Running | undefined> {
  const noted = readNote(folder);
  if (!noted) return undefined;
  try {
    const { pid } = await control<{ pid: number }>(noted.endpoint, "GET", "status");
    return pid === noted.pid ? noted : undefined;
  } catch (error) {
    // One that hangs is there all the same.
    if (error instanceof NoAnswer && isAlive(noted.pid)) throw error;
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function readNote(folder: string): Running | undefined {
  let text;
  try {
    text = readFileSync(file(folder), "utf8");
  } catch {
    return undefined;
  }
  const value = parsed(text);
  if (typeof value !== "object" || value === null || !("pid" in value) || !("endpoint" in value)) {
    return undefined;
  }
  return typeof value.pid === "number" && typeof value.endpoint === "string"
    ? { pid: value.pid, endpoint: value.endpoint }
    : undefined;
}

/** A note that was cut off while it was written says nothing. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
