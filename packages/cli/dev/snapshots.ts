/**
 * Snapshots of a project, each in a process of its own, since Node imports a module once; the next process is ready before it
 * is needed. A process ends with ours, however ours ends.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import nodeModule from "node:module";
import { fileURLToPath } from "node:url";
import type { Snapshot, Subject } from "./snapshot.ts";
import type { SnapshotAnswer } from "./snapshot-process.ts";

export interface Snapshots {
  /** Takes one. A file that cannot be read at all is a fault like another. */
  take(subject: Omit<Subject, "folder">): Promise<Snapshot>;
  close(): void;
}

const file = fileURLToPath(new URL("./snapshot-process.ts", import.meta.url));

/**
 * Opens them.
 *
 * @param folder of the project
 */
export function openSnapshots(folder: string): Snapshots {
  const cache = nodeModule.getCompileCacheDir?.();
  const start = () =>
    fork(file, [folder], {
      cwd: folder,
      env: { ...process.env, ...(cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }) },
      serialization: "advanced",
      // What a template prints is for people, and standard output may be for machines.
      stdio: ["ignore", 2, 2, "ipc"],
    });
  let spare = start();
  /** One at a time: a process answers once. */
  let last: Promise<unknown> = Promise.resolve();
  const takeOne = async (subject: Omit<Subject, "folder">): Promise<Snapshot> => {
    const child = spare;
    child.send({ ...subject, folder });
    const answer = await Promise.race([once(child, "message"), once(child, "exit")]);
    if (child.connected) child.disconnect();
    child.kill();
    spare = start();
    const given = answer[0] as SnapshotAnswer | number | null;
    if (typeof given === "object" && given !== null && "snapshot" in given) return given.snapshot;
    const problem =
      typeof given === "object" && given !== null
        ? given.problem
        : "a file of the project ended the process that read it";
    return { faults: [problem], flows: {}, templates: {}, variables: {}, files: [] };
  };
  return {
    take(subject) {
      const taken = last.then(() => takeOne(subject));
      last = taken.catch(() => undefined);
      return taken;
    },
    close() {
      if (spare.connected) spare.disconnect();
      spare.kill();
    },
  };
}
