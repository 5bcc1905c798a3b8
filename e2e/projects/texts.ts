/** The texts of a template as it lies in its file, changed without a change to anything else in it. */
import type { FlowDefinition, State } from "@support-line/studio";

/** A text that people read: its place, by widget and property as bindings name it, and what stands there. */
interface Text {
  readonly place: string;
  readonly widget: string;
  readonly value: string;
}

/** What Functions are given to say. */
const spokenParameters = ["whenFree", "briefing"];

/**
 * Has a template say something else.
 *
 * @param file the text of its file
 * @param otherwise what is to stand at a place in place of a text; undefined: the text stays
 */
export function withTexts(
  file: string,
  otherwise: (place: string, text: string) => string | undefined,
): string {
  const { states } = JSON.parse(file) as FlowDefinition;
  return states.flatMap(textsOf).reduce((all, { place, widget, value }) => {
    const other = otherwise(place, value);
    return other === undefined ? all : replacedAfter(all, quoted("name", widget), value, other);
  }, file);
}

function textsOf({ name, properties }: State): Text[] {
  const { body, parameters } = properties as {
    readonly body?: unknown;
    readonly parameters?: readonly { readonly key: string; readonly value: string }[];
  };
  const given = (parameters ?? []).filter(({ key }) => spokenParameters.includes(key));
  return [
    ...(typeof body === "string" ? [{ place: `${name}.body`, widget: name, value: body }] : []),
    ...given.map(({ key, value }) => ({ place: `${name}.parameters.${key}`, widget: name, value })),
  ];
}

const quoted = (key: string, value: string) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`;

function replacedAfter(all: string, mark: string, value: string, other: string): string {
  const from = all.indexOf(mark);
  const at = all.indexOf(JSON.stringify(value), from);
  if (from < 0 || at < 0) throw new Error(`the file has no ${JSON.stringify(value)} after ${mark}`);
  return all.slice(0, at) + JSON.stringify(other) + all.slice(at + JSON.stringify(value).length);
}
