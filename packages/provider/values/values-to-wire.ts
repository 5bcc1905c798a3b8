import { signatureKey, signatures, unknownSentinel } from "./marks.ts";
import { Archive, Asset, isList, Secret, Unknown, type Value, type ValueMap } from "./value.ts";

/** What `Struct.fromJavaScript` takes. */
export type Wire = null | boolean | number | string | Wire[] | { [key: string]: Wire };

/** Values → properties as the engine reads them. */
export function valuesToWire(values: ValueMap): { [key: string]: Wire } {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, valueToWire(value)]));
}

/** One value. */
export function valueToWire(value: Value): Wire {
  if (value instanceof Secret) return { [signatureKey]: signatures.secret, value: valueToWire(value.value) };
  if (value instanceof Unknown) return unknownSentinel;
  if (value instanceof Asset) return { [signatureKey]: signatures.asset, ...value.source };
  if (value instanceof Archive) {
    return { [signatureKey]: signatures.archive, ...value.source, assets: valuesToWire(value.assets) };
  }
  if (isList(value)) return value.map(valueToWire);
  if (typeof value === "object" && value !== null) return valuesToWire(value);
  return value;
}
