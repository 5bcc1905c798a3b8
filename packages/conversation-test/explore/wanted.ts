/** What a Flow's conditions look at, and the values for which they would hold. */
import type { FlowDefinition } from "@support-line/studio";
import { holding, holdingNothing } from "./values.ts";

/** By path (`widgets.ask.inbound.Body`, `trigger.message.From`): values worth trying there. */
export type Wanted = ReadonlyMap<string, ReadonlySet<string>>;

const root = /\b(?:trigger|widgets|flow|contact)(?: ?\. ?[\w-]+|\[['"][\w -]+['"]\])+/g;

/** The paths that a template reads, `['x']` and `. x` written as `.x`. */
export function pathsIn(template: string): string[] {
  return [...template.matchAll(root)].map(([path]) =>
    path.replace(/\[['"]([\w -]+)['"]\]/g, ".$1").replace(/ ?\. ?/g, "."),
  );
}

/** Collects it from every split; what a variable is set from is wanted as the variable is. */
export function wantedIn({ states }: FlowDefinition): Wanted {
  const wanted = new Map<string, Set<string>>();
  const want = (path: string, values: readonly string[]): void => {
    const known = wanted.get(path) ?? new Set(holdingNothing);
    for (const value of values) known.add(value);
    wanted.set(path, known);
  };
  for (const { transitions, properties } of states) {
    const input = typeof properties["input"] === "string" ? properties["input"] : "";
    for (const { conditions = [] } of transitions) {
      for (const { arguments: given, type, value } of conditions) {
        const values = holding({ type, value });
        for (const path of [input, ...given].flatMap(pathsIn)) want(path, values);
      }
    }
  }
  for (let round = 0; round < 4; round += 1) {
    for (const { properties } of states) {
      for (const { key, template } of variablesIn(properties["variables"])) {
        const values = [...(wanted.get(`flow.variables.${key}`) ?? [])];
        if (values.length > 0) for (const path of pathsIn(template)) want(path, values);
      }
    }
  }
  // Whatever else is read may be there or not.
  for (const { properties } of states) {
    for (const path of pathsIn(JSON.stringify(properties))) want(path, []);
  }
  return wanted;
}

function variablesIn(value: unknown): { key: string; template: string }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown) => {
    const { key, value: template } = (each ?? {}) as { key?: unknown; value?: unknown };
    return typeof key === "string" && typeof template === "string" ? [{ key, template }] : [];
  });
}

/** Values wanted below a path, by what follows it: `widgets.ask.inbound` gives `Body` and its values. */
export function wantedBelow(wanted: Wanted, prefix: string): Map<string, string[]> {
  const start = `${prefix}.`;
  return new Map(
    [...wanted].flatMap(([path, values]): [string, string[]][] =>
      path.startsWith(start) ? [[path.slice(start.length), [...values]]] : [],
    ),
  );
}

/** Everything that is wanted anywhere: what a person may write. */
export function everyValue(wanted: Wanted): string[] {
  return [...new Set([...wanted.values()].flatMap((values) => [...values]))];
}
