/** How much memory a process takes, watched from outside: one that is busy cannot say it. */
import type { ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";

const everyMs = 200;
/** The size of a page on every system that Node runs on with `/proc`, but some on ARM, where it is larger. */
const page = 4096;

/**
 * Calls `onExcess` once when a process takes more than `most` bytes. Where there is no `/proc`, only the bound of the heap holds.
 *
 * @returns how to stop that
 */
export function watchMemory(child: ChildProcess, most: number, onExcess: () => void): () => void {
  const timer = setInterval(() => {
    void residentOf(child.pid).then((bytes) => {
      if (bytes === undefined) return clearInterval(timer);
      if (bytes <= most) return;
      clearInterval(timer);
      onExcess();
    });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

async function residentOf(pid: number | undefined): Promise<number | undefined> {
  try {
    const [, resident] = (await readFile(`/proc/${pid}/statm`, "utf8")).split(" ");
    return Number(resident) * page;
  } catch {
    return undefined;
  }
}
