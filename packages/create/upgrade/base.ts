/** What the earlier version wrote for a project's answers: the base of every merge. */
import type { ProjectFile } from "../project/files.ts";
import { hashOf, writtenIn, type ProjectRecord } from "../project/record.ts";

export interface Base {
  readonly files: ReadonlyMap<string, ProjectFile>;
  /** Why it is not whole; null: it is. */
  readonly problem: string | null;
}

/** Makes the files of an earlier version, or says why it cannot. */
export type MakeAgain = (record: ProjectRecord) => Promise<ReadonlyMap<string, ProjectFile>>;

/**
 * The base: the copy that the project keeps, which is what was written to the letter; where that was lost, made again from the
 * earlier version's package. Without either, files that are as they were written are still known by their hashes.
 *
 * @param ours the person's file, by path; null when it is not there
 */
export async function baseOf(
  record: ProjectRecord,
  makeAgain: MakeAgain,
  ours: (path: string) => ProjectFile | null,
): Promise<Base> {
  const copy = writtenIn(record);
  if (copy !== null) return { files: copy, problem: null };
  try {
    return { files: await makeAgain(record), problem: null };
  } catch (error) {
    const files = new Map<string, ProjectFile>();
    for (const [path, hash] of Object.entries(record.files)) {
      const file = ours(path);
      if (file !== null && hashOf(file.text) === hash) files.set(path, file);
    }
    return { files, problem: error instanceof Error ? error.message : String(error) };
  }
}
