/** `.support-line.json`: what a project was written from, committed with it. An upgrade reads it and writes it anew. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { answersSchema, type Answers } from "../answers.ts";
import type { ProjectFile } from "./files.ts";

export const recordName = ".support-line.json";

const recordSchema = z.object({
  /** Of `create-support-line`, when the project was last written. */
  version: z.string(),
  answers: answersSchema,
  /** Every file that was written, with the SHA-256 of its text. */
  files: z.record(z.string(), z.string()),
});
export type ProjectRecord = z.output<typeof recordSchema>;

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The text of the record. */
export function recordText(
  version: string,
  answers: Answers,
  files: ReadonlyMap<string, ProjectFile>,
): string {
  const record: ProjectRecord = {
    version,
    answers,
    files: Object.fromEntries([...files].map(([path, { text }]) => [path, hashOf(text)])),
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** Reads a project's record; null when it has none. */
export function readRecord(project: string): ProjectRecord | null {
  let text: string;
  try {
    text = readFileSync(join(project, recordName), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  return recordSchema.parse(JSON.parse(text));
}
