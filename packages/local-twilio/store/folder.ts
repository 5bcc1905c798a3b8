/** The folder of a local Twilio: one uses it at a time, and what is wrong with it is said in one sentence. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export type FolderProblem = "taken" | "no-folder" | "not-writable" | "full" | "damaged";

const sentences: Readonly<Record<FolderProblem, (folder: string) => string>> = {
  taken: (folder) =>
    `Another local Twilio uses ${folder}: stop it with npx local-twilio stop --folder ${folder}, or choose another folder with --folder.`,
  "no-folder": (folder) =>
    `${folder} cannot be a folder, since a file of that name is in the way: choose another with --folder.`,
  "not-writable": (folder) =>
    `${folder} cannot be written: give yourself the right to, or choose another folder with --folder.`,
  full: (folder) => `The disk that ${folder} is on is full: make room, then start again; nothing was lost.`,
  damaged: (folder) =>
    `The database in ${folder} is damaged: npx local-twilio reset --folder ${folder} begins anew. Copy twilio.sqlite first if you want to look into it.`,
};

/** Why a folder cannot be used, with the way out. */
export class FolderError extends Error {
  readonly code: FolderProblem;

  constructor(code: FolderProblem, folder: string, options?: ErrorOptions) {
    super(sentences[code](folder), options);
    this.name = "FolderError";
    this.code = code;
  }
}

const ofFiles: Readonly<Record<string, FolderProblem>> = {
  EEXIST: "no-folder",
  ENOTDIR: "no-folder",
  EACCES: "not-writable",
  EPERM: "not-writable",
  EROFS: "not-writable",
  ENOSPC: "full",
  EDQUOT: "full",
};

/** Primary result codes, https://www.sqlite.org/rescode.html */
const ofSqlite: Readonly<Record<number, FolderProblem>> = {
  3: "not-writable",
  8: "not-writable",
  11: "damaged",
  13: "full",
  14: "not-writable",
  26: "damaged",
};

/** What an error of the file system or of SQLite says of the folder; undefined when it is about something else. */
export function folderError(error: unknown, folder: string): FolderError | undefined {
  if (error instanceof FolderError) return error;
  const { code, errcode } = (error ?? {}) as { readonly code?: unknown; readonly errcode?: unknown };
  const problem =
    typeof errcode === "number"
      ? ofSqlite[errcode & 0xff]
      : typeof code === "string"
        ? ofFiles[code]
        : undefined;
  return problem === undefined ? undefined : new FolderError(problem, folder, { cause: error });
}

/**
 * Does something with the files of a folder.
 *
 * @throws FolderError for what the file system or SQLite has against it
 */
export function inFolder<Result>(folder: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw folderError(error, folder) ?? error;
  }
}

const busy = 5;

/**
 * Makes the folder and takes it, until what is answered is called or the process is gone: the lock is the system's own, on
 * a file of its own.
 *
 * @throws FolderError `taken` when another process has it, or why it cannot be had
 */
export function takeFolder(folder: string): () => void {
  return inFolder(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lock = new DatabaseSync(join(folder, "lock.sqlite"));
    try {
      lock.exec("pragma busy_timeout = 0");
      lock.exec("begin exclusive");
    } catch (error) {
      lock.close();
      const { errcode } = error as { readonly errcode?: unknown };
      if (typeof errcode === "number" && (errcode & 0xff) === busy) throw new FolderError("taken", folder);
      throw error;
    }
    return () => lock.close();
  });
}

/**
 * Forgets what a local Twilio that does not run knows, its CA apart: clients trust that.
 *
 * @throws FolderError
 */
export function emptyFolder(folder: string): void {
  const release = takeFolder(folder);
  try {
    inFolder(folder, () => {
      for (const end of ["", "-wal", "-shm", "-journal"]) {
        rmSync(join(folder, `twilio.sqlite${end}`), { force: true });
      }
      rmSync(join(folder, "running.json"), { force: true });
    });
  } finally {
    release();
  }
}
