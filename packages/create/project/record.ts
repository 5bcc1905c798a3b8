/** `.support-line.json`: what a project was written from, committed with it. An upgrade reads it and writes it anew. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
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
  /** Their texts (Brotli, base64): what an upgrade compares with, whether or not the version can still be had. */
  copy: z.string().optional(),
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
    copy: packed(files),
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
  return parseRecord(text);
}

/** @throws an error for a text that is no record */
export function parseRecord(text: string): ProjectRecord {
  return recordSchema.parse(JSON.parse(text));
}

const copySchema = z.array(z.tuple([z.string(), z.string(), z.boolean()]));

function packed(files: ReadonlyMap<string, ProjectFile>): string {
  const rows = [...files].map(([path, { text, isExecutable }]) => [path, text, isExecutable]);
  return brotliCompressSync(JSON.stringify(rows)).toString("base64");
}

/** The files that were written, as the record keeps them; null when it does not, or they are not what it says. */
export function writtenIn({ copy, files }: ProjectRecord): Map<string, ProjectFile> | null {
  if (copy === undefined) return null;
  let rows: z.output<typeof copySchema>;
  try {
    rows = copySchema.parse(JSON.parse(brotliDecompressSync(Buffer.from(copy, "base64")).toString("utf8")));
  } catch {
    return null;
  }
  const kept = new Map(rows.map(([path, text, isExecutable]) => [path, { text, isExecutable }] as const));
  const isWhole = Object.entries(files).every(([path, hash]) => hashOf(kept.get(path)?.text ?? "") === hash);
  return isWhole && kept.size === Object.keys(files).length ? kept : null;
}
