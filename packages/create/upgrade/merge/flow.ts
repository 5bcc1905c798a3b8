/** Flows by widget. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  equal,
  inOrderOf,
  mergeFlows,
  readDefinition,
  type FlowDefinition,
  type JsonValue,
  type MergeConflict,
} from "@support-line/studio";
import { mergeLines, type MergedText, type ThreeTexts } from "./lines.ts";

export interface MergedFlowText extends MergedText {
  /** As they stand beside a Flow until somebody has decided them. */
  readonly undecided: readonly MergeConflict[];
}

/**
 * Merges texts of Flows; by line where one of them is no Flow.
 *
 * @param project whose formatter writes the text
 */
export async function mergeFlowTexts(texts: ThreeTexts, project: string): Promise<MergedFlowText> {
  const lines = mergeLines(texts);
  const [base, ours, theirs] = [texts.base, texts.ours, texts.theirs].map(flowIn);
  if (!ours || !theirs || base === undefined) return { ...lines, undecided: [] };
  const { definition, conflicts } = mergeFlows(base ?? { initial_state: "", states: [] }, ours, theirs);
  const isSaid = conflicts.length === 0 && lines.conflicts.length === 0;
  // Lines that say the same keep the file as it is written.
  if (isSaid && isSame(flowIn(lines.text), definition)) return { ...lines, undecided: [] };
  const text = await written(inOrderOf(definition, ours), project);
  return { text, conflicts: conflicts.map(({ words }) => words), undecided: conflicts };
}

/** Null: there is none; undefined: it is no Flow. */
function flowIn(text: string): FlowDefinition | null | undefined {
  if (text.trim() === "") return null;
  try {
    const read = JSON.parse(text) as Partial<FlowDefinition> | null;
    return Array.isArray(read?.states) ? readDefinition(read) : undefined;
  } catch {
    return undefined;
  }
}

function isSame(one: FlowDefinition | null | undefined, other: FlowDefinition): boolean {
  const plain = ({ states, ...rest }: FlowDefinition) =>
    ({
      ...rest,
      states: Object.fromEntries(states.map((state) => [state.name, state])),
    }) as unknown as JsonValue;
  return !!one && one.states.length === other.states.length && equal(plain(one), plain(other));
}

/** Prettier's. */
interface Formatter {
  readonly format: (
    text: string,
    options: { readonly parser: string; readonly printWidth: number },
  ) => Promise<string>;
}

/** As the project's own formatter writes it, which its command line brings. */
async function written(definition: FlowDefinition, project: string): Promise<string> {
  const text = `${JSON.stringify(definition, null, 2)}\n`;
  try {
    const cli = createRequire(join(project, "package.json")).resolve("@support-line/cli");
    const place = createRequire(cli).resolve("prettier");
    const { format } = (await import(pathToFileURL(place).href)) as Formatter;
    return await format(text, { parser: "json", printWidth: 110 });
  } catch {
    return text;
  }
}
