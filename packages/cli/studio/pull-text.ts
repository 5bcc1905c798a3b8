/** A pulled template as text, so that Git shows what changed. Pure but for prettier. */
import type { FlowDefinition } from "@support-line/studio";

/** The text of a template, as the project's formatter writes it where that is installed. */
export async function templateText(definition: FlowDefinition): Promise<string> {
  const text = `${JSON.stringify(definition, null, 2)}\n`;
  try {
    const { format } = await import("prettier");
    return await format(text, { parser: "json", printWidth: 110 });
  } catch {
    return text;
  }
}

/** What a bindings file fills of one more widget. */
export interface FilledWidget {
  readonly widget: string;
  readonly function: string;
  readonly withLine: boolean;
}

/**
 * The text of a bindings file that fills more widgets, each with the Function that it runs; null when the file is written
 * otherwise than the project's own, and somebody has to do it by hand.
 */
export function withFilled(text: string, widgets: readonly FilledWidget[]): string | null {
  return withLines(
    text,
    widgets.map((each) => {
      const name = each.withLine ? "runsFunctionOfLine" : "runsFunction";
      const own = each.function === each.widget ? "" : `, ${JSON.stringify(each.function)}`;
      return { uses: name, line: `...${name}(${JSON.stringify(each.widget)}${own}),` };
    }),
  );
}

/** A line of a bindings file, and what of `@support-line/stage/templates` it uses. */
export interface BindingsLine {
  readonly line: string;
  readonly uses?: string;
}

/** The text of a bindings file with more lines at its end; null when it is written otherwise than the project's own. */
export function withLines(text: string, more: readonly BindingsLine[]): string | null {
  const end = /\n?\}\);\s*$/.exec(text);
  const imported = /import (type )?\{([^}]*)\} from "@support-line\/stage\/templates";/.exec(text);
  if (end === null || imported === null) return null;
  const [, isTypes = "", listed = ""] = imported;
  const names = new Set(
    listed
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "")
      .map((name) => (isType(name) ? name : `${isTypes}${name}`)),
  );
  for (const { uses } of more) if (uses !== undefined) names.add(uses);
  const lines = more.map(({ line }) => `  ${line}`);
  const body = `${text.slice(0, end.index)}\n${lines.join("\n")}\n${text.slice(end.index).trimStart()}`;
  // As they are sorted when a file is written by hand: types last.
  const sorted = [...names].sort(
    (one, other) => Number(isType(one)) - Number(isType(other)) || (one < other ? -1 : 1),
  );
  return body.replace(
    imported[0],
    () => `import { ${sorted.join(", ")} } from "@support-line/stage/templates";`,
  );
}

const isType = (name: string) => name.startsWith("type ");
