/** What a change is about, from Git: files, the stages they touch, Flows before and after. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describeChanges, diff, type FlowDefinition } from "@support-line/studio";
import { drawMermaid } from "@support-line/studio/draw";
import { CliError } from "../errors.ts";
import { linesOf } from "./agents.ts";
import type { FlowReport } from "./comment.ts";
import { changedTranscripts } from "./transcripts.ts";
import { masked } from "./preview.ts";

/**
 * Asks Git.
 *
 * @throws CliError `git-failed`
 */
export function git(root: string, ...words: string[]): string {
  try {
    return execFileSync("git", words, {
      cwd: root,
      encoding: "utf8",
      stdio: "pipe",
      maxBuffer: 64 * 1024 ** 2,
    });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new CliError("git-failed", { command: words.join(" "), problem });
  }
}

/** A file's text at a commit; empty when it was not there. */
export function textAt(root: string, commit: string, file: string): string {
  const isThere = git(root, "ls-tree", "--name-only", commit, "--", file) !== "";
  return isThere ? git(root, "show", `${commit}:./${file}`) : "";
}

/** Of files, what a deployment is made of; whatever else changes, no stage does. */
const everyStage =
  /^(functions|infra|sdks|packages\/(functions|provider|stage|studio|twilio-api))\/|^(Pulumi\.yaml|package(-lock)?\.json)$/;

/**
 * The stages that a change touches: by their own file, by a template that a line of theirs has, or by what all are made of.
 *
 * @param project its name
 * @param files that changed, as paths in the project
 * @param stages text of each stage's file, by name
 */
export function touchedStages(
  project: string,
  files: readonly string[],
  stages: ReadonlyMap<string, string>,
): string[] {
  const code = files.filter((file) => !/\.test\.ts$|\/testing\//.test(file));
  const templates = new Set(code.flatMap((file) => /^flow-templates\/([^./]+)\./.exec(file)?.[1] ?? []));
  return [...stages].flatMap(([stage, text]) => {
    const lines = linesOf(project, text);
    const isOwn = code.includes(`Pulumi.${stage}.yaml`);
    // A module beside the templates that is none itself may be part of any.
    const flows = new Set(lines.map(({ flow }) => flow));
    const shared = code.some((file) => /^flow-templates\/[^./]+\.ts$/.test(file));
    const isFlow = shared || [...templates].some((template) => flows.has(template));
    return isOwn || isFlow || code.some((file) => everyStage.test(file)) ? [stage] : [];
  });
}

/** The Flows among the files, in words and drawn. */
export function flowReports(root: string, base: string, files: readonly string[]): FlowReport[] {
  return files.flatMap((file): FlowReport[] => {
    const [, name] = /^flow-templates\/([^/]+)\.json$/.exec(file) ?? [];
    if (name === undefined) return [];
    const path = join(root, file);
    const before = flowIn(textAt(root, base, file));
    const after = existsSync(path) ? flowIn(readFileSync(path, "utf8")) : null;
    return [flowReport(name, before, after)];
  });
}

/** One Flow, before and after; null: it is not there, or is none. */
export function flowReport(
  name: string,
  before: FlowDefinition | null,
  after: FlowDefinition | null,
): FlowReport {
  const draw = (...given: Parameters<typeof drawMermaid>) => masked(drawMermaid(...given));
  if (after === null) {
    const words = ["The template is gone, or is not a Flow."];
    return { name, words, before: before === null ? null : draw(before), after: null };
  }
  if (before === null) return { name, words: ["A new Flow."], before: null, after: draw(after) };
  const words = describeChanges(diff(before, after)).map(masked);
  const highlight = { kind: "diff", before } as const;
  if (words.length === 0) {
    return { name, words: ["Only how it is written changed."], before: null, after: null };
  }
  const transcripts = changedTranscripts(before, after).map((lines) => lines.map(masked));
  return { name, words, before: draw(before), after: draw(after, { highlight }), transcripts };
}

function flowIn(text: string): FlowDefinition | null {
  try {
    const value = JSON.parse(text) as Partial<FlowDefinition> | null;
    return value !== null && Array.isArray(value.states) ? (value as FlowDefinition) : null;
  } catch {
    return null;
  }
}
