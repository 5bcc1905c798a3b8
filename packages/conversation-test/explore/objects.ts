import type { JsonObject } from "@support-line/studio";

/**
 * Objects in which each path takes each of its values once, the others their first: enough for conditions that look at
 * one value each, and few.
 *
 * @param wanted values by dotted path
 * @param base what is there besides
 */
export function variations(wanted: ReadonlyMap<string, readonly string[]>, base: JsonObject): JsonObject[] {
  const paths = [...wanted].filter(([, values]) => values.length > 0);
  const usual = paths.reduce(
    (object, [path, [first = ""]]) => withValue(object, path.split("."), first),
    base,
  );
  const others = paths.flatMap(([path, values]) =>
    values.slice(1).map((value) => withValue(usual, path.split("."), value)),
  );
  // And all at once, value by value, for conditions that look at several.
  const most = Math.max(0, ...paths.map(([, values]) => values.length));
  const together = Array.from({ length: most }, (_, at) =>
    paths.reduce(
      (object, [path, values]) => withValue(object, path.split("."), values[at % values.length] ?? ""),
      base,
    ),
  );
  return [base, usual, ...others, ...together];
}

/** The object with a value at a path; what is no object on the way is replaced. */
export function withValue(
  object: JsonObject,
  [first = "", ...rest]: readonly string[],
  value: string,
): JsonObject {
  if (rest.length === 0) return { ...object, [first]: value };
  const inner = object[first];
  const next = typeof inner === "object" && inner !== null && !Array.isArray(inner) ? inner : {};
  return { ...object, [first]: withValue(next as JsonObject, rest, value) };
}
