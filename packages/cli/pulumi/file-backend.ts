import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of a file backend, null when the backend is of another kind. */
export function folderOf(backendUrl: string): string | null {
  if (!backendUrl.startsWith("file://")) return null;
  // Pulumi takes file://~ and file://relative too, which are no URLs of files.
  return backendUrl.startsWith("file:///") ? fileURLToPath(backendUrl) : null;
}

/** Whether a file backend has a stack. */
export function hasStack(folder: string, project: string, stack: string): boolean {
  const file = join(folder, ".pulumi", "stacks", project, `${stack}.json`);
  return existsSync(file) || existsSync(`${file}.gz`);
}

/** A lock on a stack: a file that names the process that wrote it. */
export interface Lock {
  readonly pid: number;
  readonly isHeld: boolean;
}

/** The locks on a stack of a file backend; one of a process that is gone keeps everybody out until it is cancelled. */
export function locksOn(folder: string, project: string, stack: string): Lock[] {
  const locks = join(folder, ".pulumi", "locks", "organization", project, stack);
  if (!existsSync(locks)) return [];
  return readdirSync(locks)
    .filter((name) => name.endsWith(".json"))
    .map((name) => {
      const { pid } = JSON.parse(readFileSync(join(locks, name), "utf8")) as { pid: number };
      return { pid, isHeld: isAlive(pid) };
    });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
