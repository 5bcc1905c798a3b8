/**
 * `studio pull`: a Flow that was edited in Studio's editor comes back into its template, and is not brought back where the
 * code has changed as well (docs/how-to/roll-back.md).
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { describeChanges, diff, inOrderOf, mergeFlows, type Merged } from "@support-line/studio";
import type { Project } from "@support-line/stage";
import { CliError } from "../errors.ts";
import { print } from "./output.ts";
import type { PullSource } from "./pull-source.ts";
import { restore, type PullFinding, type Restored } from "./pull-restore.ts";
import { templateText, withFilled } from "./pull-text.ts";

export interface PullOptions {
  readonly stage: string;
  readonly line?: string | undefined;
  /** What is in the way of writing is written over. */
  readonly force?: boolean | undefined;
  /** A file to write, in place of the template's. */
  readonly out?: string | undefined;
}

export interface Pulled {
  readonly template: string;
  readonly flowSid: string;
  /** Revision that was deployed last, and the newest, which was pulled. */
  readonly base: number;
  readonly revision: number;
  readonly state: "nothing" | "in-code" | "pulled" | "merged" | "both-changed" | "would-lose";
  /** What changed in the editor and in the code since, in words. */
  readonly edited: readonly string[];
  readonly coded: readonly string[];
  /** What both changed, each in another way. */
  readonly conflicts: readonly string[];
  readonly findings: readonly PullFinding[];
  /** Files that were written. */
  readonly files: readonly string[];
}

/**
 * Pulls the newest revision of a template's Flow.
 *
 * @throws CliError when the stage has no such Flow, or Twilio or Pulumi refuses
 */
export async function pull(project: Project, name: string, options: PullOptions): Promise<Pulled> {
  // Twilio's client is slow to load, and no other command of `studio` has a use for it.
  const { pullSource } = await import("./pull-source.ts");
  const source = await pullSource(project, name, options);
  const { bound, base, edited, stage } = source;
  const before = restore(base.definition, base.definition, bound, stage).template;
  const restored = restore(edited.definition, base.definition, bound, stage);
  const [changes, coded] = [diff(before, restored.template), diff(before, bound.template)];
  const meant = coded.filter(({ kind }) => kind !== "moved");
  const isInCode = diff(restored.template, bound.template).every(({ kind }) => kind === "moved");
  const isLost = restored.findings.some(({ kind }) => kind === "lost");
  const merged = mergeFlows(before, bound.template, restored.template);
  const state = stateOf(
    edited.revision !== base.revision && (changes.length > 0 || isLost),
    isInCode && !isLost && changes.some(({ kind }) => kind !== "moved"),
    meant.length > 0 ? merged : null,
    isLost,
    options,
  );
  const written = state === "merged" ? { ...restored, template: merged.definition } : restored;
  return {
    template: name,
    flowSid: source.flowSid,
    base: base.revision,
    revision: edited.revision,
    state,
    edited: describeChanges(changes),
    coded: describeChanges(meant),
    conflicts: state === "both-changed" ? merged.conflicts.map(({ words }) => words) : [],
    findings: state === "nothing" ? [] : restored.findings,
    files:
      state === "pulled" || state === "merged"
        ? await write(project.templatesFolder, name, source, written, options)
        : [],
  };
}

function stateOf(
  isEdited: boolean,
  isInCode: boolean,
  /** The code's edits with the editor's; null: the code has none. */
  both: Merged | null,
  isLost: boolean,
  { force = false, out }: PullOptions,
): Pulled["state"] {
  if (!isEdited) return "nothing";
  if (isInCode) return "in-code";
  if (force || out !== undefined) return "pulled";
  if (both !== null && both.conflicts.length > 0) return "both-changed";
  if (isLost) return "would-lose";
  return both === null ? "pulled" : "merged";
}

async function write(
  folder: string,
  name: string,
  { bound }: PullSource,
  { template, runs }: Restored,
  { out }: PullOptions,
): Promise<string[]> {
  const isCode = existsSync(join(folder, `${name}.ts`));
  const file = out ?? join(folder, `${name}.json`);
  if (isCode && out === undefined) {
    throw new CliError("template-is-code", { template: name });
  }
  writeFileSync(file, await templateText(inOrderOf(template, bound.template)));
  const bindings = join(folder, `${name}.bindings.ts`);
  if (out !== undefined || runs.length === 0 || !existsSync(bindings)) return [file];
  const text = withFilled(readFileSync(bindings, "utf8"), runs);
  if (text === null) return [file];
  writeFileSync(bindings, text);
  return [file, bindings];
}

const indented = (words: readonly string[]) => words.map((each) => `  ${each}`);

/** What a person reads. */
function pulledText(pulled: Pulled): string {
  const { template, revision, base, state, edited, coded, conflicts, findings, files } = pulled;
  const said = findings.map(
    ({ kind, widget, place, message }) =>
      `${kind === "lost" ? "Left out" : "To do"}: "${widget}"${place === "" ? "" : `, ${place}`} ${message}.`,
  );
  const head = `Flow ${pulled.flowSid}: revision ${revision} is the newest, revision ${base} was deployed last.`;
  const since = [
    `Changed in the editor:`,
    ...indented(edited.length === 0 ? ["nothing that the template carries"] : edited),
  ];
  switch (state) {
    case "nothing":
      return `${head} Nothing to pull.`;
    case "in-code":
      return `${head} The template says the same already: nothing to pull.`;
    case "both-changed":
      return [
        head,
        ...since,
        "Changed in the code as well:",
        ...indented(coded),
        "Which cannot both stand:",
        ...indented(conflicts),
        ...said,
        `Nothing was written. To have the editor's beside the code: --out ${template}.pulled.json; in place of the code's: --force.`,
      ].join("\n");
    case "merged":
      return [
        head,
        ...since,
        "Changed in the code as well, and both stand now:",
        ...indented(coded),
        ...said,
        `Written: ${files.join(", ")}`,
      ].join("\n");
    case "would-lose":
      return [
        head,
        ...since,
        ...said,
        "Nothing was written, since that would be lost. To pull the rest: --force.",
      ].join("\n");
    case "pulled":
      return [head, ...since, ...said, `Written: ${files.join(", ")}`].join("\n");
  }
}

interface Flags extends Omit<PullOptions, "stage"> {
  readonly stage: string;
  readonly json?: boolean;
}

/** Adds the verb. */
export function addPull(program: Command): void {
  program
    .command("pull")
    .description("bring a Flow that was edited in Studio's editor back into its template")
    .argument("<template>", "its name in flow-templates, like support")
    .requiredOption("--stage <stage>", "the stage whose Flow was edited")
    .option("--line <name>", "the line, when several have this template")
    .option("--force", "write the editor's version even if the code changed too or something is left out")
    .option("-o, --out <file>", "write this file, and leave the template as it is")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExits with 1 when something is left to do, or when there was an edit and nothing was written.",
    )
    .action(async (name: string, flags: Flags) => {
      // What reads stage files is slow to load, and no other command of `studio` has a use for it.
      const { projectHere } = await import("../project.ts");
      const pulled = await pull(projectHere(), name, flags);
      print(flags.json, pulled, pulledText(pulled));
      const isFine =
        ["nothing", "in-code", "pulled", "merged"].includes(pulled.state) && pulled.findings.length === 0;
      process.exitCode = isFine ? 0 : 1;
    });
}
