import { contentHash } from "../values/content.ts";
import {
  Archive,
  Asset,
  isList,
  isMap,
  Secret,
  Unknown,
  type Json,
  type JsonMap,
  type Value,
  type ValueMap,
} from "../values/value.ts";

/** Inputs as a journal may hold them: without secrets, and without files. */
export function comparable(inputs: ValueMap): JsonMap {
  return kept(inputs) as JsonMap;
}

function kept(value: Value): Json | undefined {
  if (
    value instanceof Secret ||
    value instanceof Unknown ||
    value instanceof Asset ||
    value instanceof Archive
  ) {
    return undefined;
  }
  if (isList(value)) {
    const parts = value.map(kept);
    // Of a list with a secret in it nothing can be compared.
    return parts.every((part) => part !== undefined) ? parts : undefined;
  }
  if (isMap(value)) {
    const parts = Object.entries(value).map(([name, part]) => [name, kept(part)] as const);
    return Object.fromEntries(parts.filter(([, part]) => part !== undefined)) as JsonMap;
  }
  return value;
}

/** Inputs with all that is in them, secrets opened and files by their hash: for a hash and nothing else. */
export function hashable(inputs: ValueMap): unknown {
  return opened(inputs);
}

function opened(value: Value): unknown {
  if (value instanceof Secret) return opened(value.value);
  if (value instanceof Asset) return { file: contentHash(value) };
  if (value instanceof Unknown || value instanceof Archive) return null;
  if (isList(value)) return value.map(opened);
  if (isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, opened(part)]));
  }
  return value;
}
