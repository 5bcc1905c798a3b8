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
  const end = /\n\}\);\s*$/.exec(text);
  const imported = /import \{([^}]*)\} from "@support-line\/stage\/templates";/.exec(text);
  if (end === null || imported === null) return null;
  const names = new Set(
    (imported[1] ?? "")
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
  );
  const lines = widgets.map((each) => {
    const name = each.withLine ? "runsFunctionOfLine" : "runsFunction";
    names.add(name);
    const own = each.function === each.widget ? "" : `, ${JSON.stringify(each.function)}`;
    return `  ...${name}(${JSON.stringify(each.widget)}${own}),`;
  });
  const body = `${text.slice(0, end.index)}\n${lines.join("\n")}${text.slice(end.index)}`;
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
