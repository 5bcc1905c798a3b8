/** `studio merge`: two people's edits of one Flow, brought together by widget; by hand, and for Git. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import {
  inOrderOf,
  mergeFlows,
  type FlowDefinition,
  type MergeConflict,
  type Side,
} from "@support-line/studio";
import { CliError } from "../errors.ts";
import { kindOf, readFlow } from "./flow-files.ts";
import { installMergeDriver, type Installed } from "./merge-driver.ts";
import { print } from "./output.ts";
import { sound } from "./sound.ts";
import { templateText } from "./pull-text.ts";

export interface MergeFiles {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

export interface MergeFlags {
  /** Where the merged Flow goes; its conflicts go beside it. */
  readonly to?: string | undefined;
  readonly prefer?: Side | undefined;
}

export interface MergedFiles {
  readonly definition: FlowDefinition;
  readonly conflicts: readonly MergeConflict[];
  /** What was written. */
  readonly files: readonly string[];
}

/** Where the conflicts of a Flow stand until somebody has decided them. */
export const conflictsFile = (flow: string) => `${flow}.conflicts`;

/**
 * Merges three files. The merged Flow is whole and valid in any case; what both sides changed stands in a file beside it,
 * until a merge without conflicts takes that away.
 *
 * @throws CliError when one is no Flow, or is written as code
 */
export async function mergeFiles(
  { base, ours, theirs }: MergeFiles,
  { to, prefer }: MergeFlags = {},
): Promise<MergedFiles> {
  const [before, one, other] = await Promise.all([base, ours, theirs].map(flowIn));
  if (one === undefined || other === undefined) throw new CliError("no-flows", { path: ours });
  // Git has an empty base for a file that both sides added.
  const began = before ?? { initial_state: "", states: [] };
  const { definition, conflicts } = mergeFlows(began, one, other, prefer === undefined ? {} : { prefer });
  const ordered = inOrderOf(definition, one);
  const left = prefer === undefined ? conflicts : [];
  const files: string[] = [];
  if (to !== undefined) {
    writeFileSync(to, await templateText(ordered));
    files.push(to);
    if (left.length > 0) {
      writeFileSync(conflictsFile(to), `${JSON.stringify(left, null, 2)}\n`);
      files.push(conflictsFile(to));
    } else {
      rmSync(conflictsFile(to), { force: true });
    }
  }
  return { definition: ordered, conflicts, files };
}

async function flowIn(path: string): Promise<FlowDefinition | undefined> {
  if (path.endsWith(".ts")) throw new CliError("merge-of-code", { path });
  if (kindOf(path) === "file" && readFileSync(path, "utf8").trim() === "") return undefined;
  return sound(await readFlow(path)).definition;
}

/** What a person reads. */
export function mergedText({ conflicts, files }: MergedFiles, prefer: Side | undefined): string {
  const counted = conflicts.length === 1 ? "1 conflict" : `${conflicts.length} conflicts`;
  const head =
    conflicts.length === 0
      ? "Merged without a conflict."
      : prefer === undefined
        ? `${counted}; ours stands until you decide.`
        : `${counted}, decided for ${prefer}.`;
  return [
    head,
    ...conflicts.map(({ words }) => `  ${words}`),
    ...(files.length === 0 ? [] : [`Written: ${files.join(", ")}`]),
    ...(conflicts.length > 0 && prefer === undefined && files.length > 0
      ? [`Edit ${files[0]} where theirs is right, then delete ${files[1]}.`]
      : []),
  ].join("\n");
}

interface Flags {
  readonly write?: boolean;
  readonly out?: string;
  readonly ours?: boolean;
  readonly theirs?: boolean;
  readonly driver?: string;
  readonly install?: boolean;
  readonly json?: boolean;
}

function preferred({ ours = false, theirs = false }: Flags): Side | undefined {
  if (ours && theirs) throw new CliError("both-sides", {});
  return ours ? "ours" : theirs ? "theirs" : undefined;
}

/** Adds the verb. */
export function addMerge(program: Command): void {
  program
    .command("merge")
    .description("merge two people's edits of one Flow, by widget")
    .argument("[base]", "the Flow that both started from")
    .argument("[ours]", "the Flow here")
    .argument("[theirs]", "the other one")
    .option("--write", "write the merged Flow over ours, and its conflicts beside it")
    .option("-o, --out <file>", "write the merged Flow there")
    .option("--ours", "resolve each conflict with ours")
    .option("--theirs", "resolve each conflict with theirs")
    .option("--install", "make Git merge Flows like this, in this clone")
    .option("--driver <path>", "for Git: the file's own name, for messages")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExits with 1 when there is a conflict that nobody decided.")
    .action(
      async (
        base: string | undefined,
        ours: string | undefined,
        theirs: string | undefined,
        flags: Flags,
      ) => {
        if (flags.install === true) {
          const installed = installMergeDriver(process.cwd());
          print(flags.json, installed, installedText(installed));
          return;
        }
        if (base === undefined || ours === undefined || theirs === undefined) {
          throw new CliError("merge-of-three", {});
        }
        const prefer = preferred(flags);
        const isDriver = flags.driver !== undefined;
        const to = flags.out ?? (flags.write === true || isDriver ? ours : undefined);
        const merged = await mergeFiles({ base, ours, theirs }, { to, prefer });
        const isLeft = merged.conflicts.length > 0 && prefer === undefined;
        if (isDriver) told(merged, flags.driver ?? ours, ours);
        else print(flags.json, merged, mergedText(merged, prefer));
        process.exitCode = isLeft ? 1 : 0;
      },
    );
}

/** Git shows what a driver says on its error output; the conflicts go beside the file itself, not beside Git's copy. */
function told({ conflicts }: MergedFiles, path: string, copy: string): void {
  rmSync(conflictsFile(copy), { force: true });
  if (conflicts.length === 0) return;
  writeFileSync(conflictsFile(path), `${JSON.stringify(conflicts, null, 2)}\n`);
  const lines = conflicts.map(({ words }) => `  ${words}\n`).join("");
  process.stderr.write(`${path}: ours stands until you decide; see ${conflictsFile(path)}\n${lines}`);
}

function installedText({ attributes, isNew, driver }: Installed): string {
  return [
    `Git merges Flows by widget in this clone: ${driver}`,
    isNew
      ? `Written: ${attributes}. Commit it; whoever clones the project runs this command once.`
      : `${attributes} says so already.`,
  ].join("\n");
}
