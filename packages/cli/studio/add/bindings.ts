/** The bindings that a block's widgets need, as lines of a bindings file. Pure. */
import type { Block, BlockWidget } from "@support-line/functions/blocks";
import { withLines, type BindingsLine } from "../pull-text.ts";

/** Lines for what differs from stage to stage: which Functions run, for which line, and in which words. */
export function bindingsLines(
  block: Block,
  widgets: readonly BlockWidget[],
  branchOf: string | null,
): BindingsLine[] {
  const runners = widgets.filter(({ type }) => type === "run-function");
  const { word } = block;
  return [
    ...runners.map(({ name, properties }): BindingsLine => {
      const uses = isToldLine(properties) ? "runsFunctionOfLine" : "runsFunction";
      return { uses, line: `...${uses}(${JSON.stringify(name)}),` };
    }),
    ...(word === undefined || branchOf === null
      ? []
      : [{ line: `${JSON.stringify(`${branchOf}.conditions.${word.name}.value`)}: ${word.filler},` }]),
    ...Object.entries(block.fillers ?? {}).map(([place, filler]) => ({
      line: `${JSON.stringify(place)}: ${filler},`,
    })),
    ...Object.entries(block.wordings).map(([place, wording]) => ({
      uses: "inLanguages",
      line: `${JSON.stringify(place)}: inLanguages(${JSON.stringify(wording)}, ${JSON.stringify(textOf(widgets, place))}),`,
    })),
  ];
}

const isToldLine = ({ parameters }: BlockWidget["properties"]) =>
  (parameters as readonly { readonly key: string }[]).some(({ key }) => key === "line");

/** What a widget says at a place, `find-agent.parameters.whenFree`. */
function textOf(widgets: readonly BlockWidget[], place: string): string {
  const [name, property = "", key] = place.split(".");
  const value = widgets.find((each) => each.name === name)?.properties[property];
  const listed = Array.isArray(value)
    ? (value as readonly { readonly key: string; readonly value: string }[])
    : [];
  return key === undefined ? String(value) : (listed.find((each) => each.key === key)?.value ?? "");
}

/**
 * The text of a bindings file with these lines; null when it is written otherwise than the project's own.
 *
 * @param text of the file that is there; null where none is
 */
export async function bindingsText(
  template: string,
  text: string | null,
  lines: readonly BindingsLine[],
): Promise<string | null> {
  const whole = withLines(text ?? emptyBindings(template), lines);
  if (whole === null) return null;
  const { format } = await import("prettier");
  return format(whole, { parser: "typescript", printWidth: 110 });
}

const emptyBindings = (template: string) =>
  [
    `/** What differs from stage to stage in \`${template}.json\`, and what fills it. */`,
    'import { defineBindings } from "@support-line/studio/bindings";',
    'import { type LineValues } from "@support-line/stage/templates";',
    "",
    "export default defineBindings<LineValues>()({",
    "});",
    "",
  ].join("\n");
