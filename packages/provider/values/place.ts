import { isMap, reveal, Secret, type Value, type ValueMap } from "./value.ts";

/** The value at a path, through secrets; undefined when there is none. A secret above it makes it secret. */
export function valueAt(values: ValueMap, path: readonly string[]): Value | undefined {
  let current: Value | undefined = values;
  let hidden = false;
  for (const name of path) {
    if (current instanceof Secret) {
      hidden = true;
      current = current.value;
    }
    // What is unknown as a whole is unknown in every part.
    if (current !== undefined && !isMap(current)) return isUnknownWhole(current) ? current : undefined;
    current = current?.[name];
  }
  return hidden && current !== undefined && !(current instanceof Secret) ? new Secret(current) : current;
}

function isUnknownWhole(value: Value): boolean {
  return typeof value === "object" && value !== null && "isUnknown" in value;
}

/** The text under a name, opened; empty when there is none. */
export function textAt(values: ValueMap, name: string): string {
  const value = values[name];
  const open = value === undefined ? null : reveal(value);
  return typeof open === "string" ? open : "";
}

/** The same values with one more at a path; maps are made where none are. */
export function withValueAt(values: ValueMap, path: readonly string[], value: Value): ValueMap {
  const [name, ...rest] = path;
  if (name === undefined) return values;
  if (rest.length === 0) return { ...values, [name]: value };
  const below = values[name];
  const inner = below instanceof Secret ? below.value : below;
  return { ...values, [name]: withValueAt(isMap(inner) ? inner : {}, rest, value) };
}
