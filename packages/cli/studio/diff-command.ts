/** `studio diff`: what somebody would say changed between two Flows, or two folders of them. */
import type { Command } from "commander";
import { describeChanges, diff, type Change } from "@support-line/studio";
import colors from "picocolors";
import { CliError } from "../errors.ts";
import { kindOf, readFlow, readFlows, type FlowFile } from "./flow-files.ts";
import { print } from "./output.ts";
import { sound } from "./sound.ts";

/** What changed in one Flow, or that it is there on one side alone. */
export interface FlowDiff {
  readonly flow: string;
  readonly state: "changed" | "moved" | "same" | "added" | "removed";
  readonly changes: readonly Change[];
}

/**
 * Compares two Flows, or those of two folders by their names.
 *
 * @throws CliError when one is a file and the other a folder, or one cannot be read
 */
export async function diffPaths(before: string, after: string): Promise<FlowDiff[]> {
  const kinds = [kindOf(before), kindOf(after)];
  if (kinds[0] !== kinds[1]) throw new CliError("unlike-paths", { one: before, other: after });
  if (kinds[0] === "file") {
    const [one, other] = [await readFlow(before), await readFlow(after)];
    return [compared(other.name, sound(one), sound(other))];
  }
  const [old, fresh] = [byName(before, await readFlows([before])), byName(after, await readFlows([after]))];
  return [...new Set([...old.keys(), ...fresh.keys()])].sort().map((name) => {
    const [one, other] = [old.get(name), fresh.get(name)];
    if (one === undefined) return { flow: name, state: "added", changes: [] };
    if (other === undefined) return { flow: name, state: "removed", changes: [] };
    return compared(name, sound(one), sound(other));
  });
}

function byName(folder: string, flows: readonly FlowFile[]): Map<string, FlowFile> {
  const start = folder.replace(/\/*$/, "/").replace(/^\.\//, "");
  return new Map(flows.map((flow) => [flow.path.replace(start, "").replace(/\.(json|ts)$/, ""), flow]));
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
    .description("say what changed, by widget; formatting and order are no change")
    .argument("<before>", "a Flow, or a folder of Flows")
    .argument("<after>", "the same after the change")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExits with 1 when what a Flow does changed, with 0 when widgets only moved.")
    .action(async (before: string, after: string, flags: { json?: boolean }) => {
      const diffs = await diffPaths(before, after);
      print(flags.json, diffs, diffText(diffs));
      process.exitCode = diffs.every(({ state }) => state === "same" || state === "moved") ? 0 : 1;
    });
}
