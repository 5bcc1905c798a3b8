import { execFile } from "node:child_process";

/** A process as `ps` shows it. */
export interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** The processes below one, at any depth. */
export async function processesBelow(pid: number): Promise<Running[]> {
  const all = await processes();
  const ids = new Set([pid]);
  for (let known = 0; known < ids.size;) {
    known = ids.size;
    for (const one of all) if (ids.has(one.parent)) ids.add(one.pid);
  }
  return all.filter((one) => one.pid !== pid && ids.has(one.pid));
}

/** Whether a process of this id runs. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ends a process; one that has ended already is no matter. */
export function end(pid: number): void {
  if (isRunning(pid)) process.kill(pid, "SIGKILL");
}

function processes(): Promise<Running[]> {
  return new Promise((resolve) => {
    execFile("ps", ["-axo", "pid=,ppid=,args="], { maxBuffer: 16e6 }, (_error, stdout) => {
      const lines = stdout.split("\n").map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line));
      const found = lines.filter((line) => line !== null);
      resolve(
        found.map(([, pid, parent, command = ""]) => ({ pid: Number(pid), parent: Number(parent), command })),
      );
    });
  });
}
