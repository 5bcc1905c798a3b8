/** Texts merged by line, as Git does it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface ThreeTexts {
  /** What the earlier version wrote; empty where it wrote nothing. */
  readonly base: string;
  /** The person's. */
  readonly ours: string;
  /** What the new version writes. */
  readonly theirs: string;
}

export interface MergedText {
  /** With Git's markers where the two clash. */
  readonly text: string;
  /** What clashed, in words; empty: nothing did. */
  readonly conflicts: readonly string[];
}

/** @throws Error when Git cannot merge them, as with bytes that are no text */
export function mergeLines({ base, ours, theirs }: ThreeTexts): MergedText {
  const folder = mkdtempSync(join(tmpdir(), "merge-"));
  try {
    const names = Object.entries({ yours: ours, before: base, upgrade: theirs });
    for (const [name, text] of names) writeFileSync(join(folder, name), text);
    const words = [
      "merge-file",
      "-p",
      ...names.flatMap(([name]) => ["-L", name]),
      ...names.map(([name]) => name),
    ];
    const { status, stdout, stderr } = spawnSync("git", words, {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    if (status === null || status > 127) throw new Error(`git merge-file: ${stderr}`);
    return { text: stdout, conflicts: status === 0 ? [] : ["both changed the same lines"] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
