/** `studio diff`: what somebody would say changed between two Flows, or two folders of them. */
import type { Command } from "commander";
import { describeChanges, diff, type Change } from "@support-line/studio";
import colors from "picocolors";
import { CliError } from "../errors.ts";
import { kindOf, readFlow, type Failed, type FlowFile } from "./flow-files.ts";
import { print } from "./output.ts";
import { sayingFor, sound, soundFlows } from "./sound.ts";

/** What changed in one Flow, or that it is there on one side alone. */
export interface FlowDiff {
  readonly flow: string;
  readonly state: "changed" | "moved" | "same" | "added" | "removed";
  readonly changes: readonly Change[];
}

/**
 * Compares two Flows, or those of two folders by their names.
 *
 * @param failed is told of each file in a folder that cannot be read; without it the first one is thrown
 * @throws CliError when one is a file and the other a folder, or one cannot be read
 */
export async function diffPaths(before: string, after: string, failed?: Failed): Promise<FlowDiff[]> {
  const kinds = [kindOf(before), kindOf(after)];
  if (kinds[0] !== kinds[1]) throw new CliError("unlike-paths", { one: before, other: after });
  if (kinds[0] === "file") {
    const [one, other] = [await readFlow(before), await readFlow(after)];
    return [compared(other.name, sound(one), sound(other))];
  }
  // Of a Flow that cannot be read on one side, nobody can say what became of it.
  const unread = new Set<string>();
  const readAll = async (folder: string): Promise<Map<string, FlowFile>> => {
    const told: Failed = (error, path) => {
      if (failed === undefined) throw error;
      unread.add(nameIn(folder, path));
      failed(error, path);
    };
    return new Map((await soundFlows([folder], told)).map((flow) => [nameIn(folder, flow.path), flow]));
  };
  const [old, fresh] = [await readAll(before), await readAll(after)];
  const names = [...new Set([...old.keys(), ...fresh.keys()])].filter((name) => !unread.has(name)).sort();
  return names.map((name) => {
    const [one, other] = [old.get(name), fresh.get(name)];
    if (one === undefined) return { flow: name, state: "added", changes: [] };
    if (other === undefined) return { flow: name, state: "removed", changes: [] };
    return compared(name, one, other);
  });
}

/** What a file is called below a folder, whatever it is written in. */
function nameIn(folder: string, path: string): string {
  const start = folder.replace(/\/*$/, "/").replace(/^\.\//, "");
  return path.replace(start, "").replace(/\.(json|ts)$/, "");
}

function compared(flow: string, one: FlowFile, other: FlowFile): FlowDiff {
  const changes = diff(one.definition, other.definition);
  const isMeant = changes.some(({ kind }) => kind !== "moved");
  return { flow, state: isMeant ? "changed" : changes.length > 0 ? "moved" : "same", changes };
}

/** The comparison for a person; a Flow that is the same is left out. */
export function diffText(diffs: readonly FlowDiff[]): string {
  const blocks = diffs.flatMap(({ flow, state, changes }) => {
    if (state === "same") return [];
    if (state === "added") return [`${colors.bold(flow)}: ${colors.green("a new Flow")}`];
    if (state === "removed") return [`${colors.bold(flow)}: ${colors.red("the Flow is gone")}`];
    return [[colors.bold(flow), ...describeChanges(changes).map((line) => `  ${line}`)].join("\n")];
  });
  return blocks.length === 0 ? "No difference." : blocks.join("\n\n");
}

/** Adds the verb. */
export function addDiff(program: Command): void {
  program
    .command("diff")
    .description("say what changed, by widget; formatting and order do not count")
    .argument("<before>", "a Flow, or a folder of Flows")
    .argument("<after>", "the same after the change")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExits with 1 when what a Flow does changed, with 0 when widgets only moved.")
    .action(async (before: string, after: string, flags: { json?: boolean }) => {
      const diffs = await diffPaths(before, after, sayingFor([before, after]));
      print(flags.json, diffs, diffText(diffs));
      if (process.exitCode === 2) return;
      process.exitCode = diffs.every(({ state }) => state === "same" || state === "moved") ? 0 : 1;
    });
}
