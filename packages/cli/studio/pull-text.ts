/** A pulled template as text: widgets and keys in the order that the file has them, so that Git shows what changed. Pure but for prettier. */
import type { FlowDefinition, JsonValue } from "@support-line/studio";

/** The definition with its widgets and keys in the order of another; what is new comes last. */
export function inOrderOf(definition: FlowDefinition, like: FlowDefinition): FlowDefinition {
  const place = new Map(like.states.map(({ name }, at) => [name, at]));
  const last = like.states.length;
  const states = definition.states.toSorted(
    (one, other) => (place.get(one.name) ?? last) - (place.get(other.name) ?? last),
  );
  const known = new Map(like.states.map((state) => [state.name, state]));
  const ordered = states.map((state) =>
    keyed(state as unknown as JsonValue, known.get(state.name) as unknown as JsonValue | undefined),
  );
  return keyed({ ...definition, states: ordered }, { ...like, states: [] }) as unknown as FlowDefinition;
}

/** Keys in the order of another value's; lists entry by entry. */
function keyed(value: JsonValue, like: JsonValue | undefined): JsonValue {
  if (Array.isArray(value)) {
    const others: readonly JsonValue[] = Array.isArray(like) ? like : [];
    return value.map((each: JsonValue, at) => keyed(each, others[at]));
  }
  if (!isMap(value)) return value;
  const other = isMap(like) ? like : {};
  const keys = [
    ...Object.keys(other).filter((key) => key in value),
    ...Object.keys(value).filter((key) => !(key in other)),
  ];
  return Object.fromEntries(keys.map((key) => [key, keyed(value[key] ?? null, other[key])]));
}

function isMap(value: JsonValue | undefined): value is Readonly<Record<string, JsonValue>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

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
