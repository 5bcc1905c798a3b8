/**
 * Property values as the Pulumi engine knows them: JSON and, anywhere in it, secrets, values that are not known yet
 * and files. Everything behind the gRPC edge works on these; docs/reference/provider.md names each kind of value.
 */

export type Value =
  null | boolean | number | string | readonly Value[] | ValueMap | Secret | Unknown | Asset | Archive;

export interface ValueMap {
  readonly [key: string]: Value;
}

/** JSON without anything of Pulumi's in it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonMap;

export interface JsonMap {
  readonly [key: string]: Json;
}

/** A value that state and output must only show encrypted. */
export class Secret {
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

/** A value that only exists once something else was created; there is one of it, `unknown`. */
export class Unknown {
  readonly isUnknown = true;
}

export const unknown = new Unknown();

/** Where the bytes of an asset or an archive are; the state may keep the hash alone. */
export interface FileSource {
  readonly text?: string;
  readonly path?: string;
  readonly uri?: string;
  /** SHA-256 of the content, in hexadecimal digits, as the engine computes it. */
  readonly hash?: string;
}

/** One file. */
export class Asset {
  readonly source: FileSource;

  constructor(source: FileSource) {
    this.source = source;
  }
}

/** Several files under names; no Twilio resource takes one, so it is carried and never read. */
export class Archive {
  readonly source: FileSource;
  readonly assets: ValueMap;

  constructor(source: FileSource, assets: ValueMap = {}) {
    this.source = source;
    this.assets = assets;
  }
}

/** Whether a value is a plain map, the only kind whose keys are properties. */
export function isMap(value: Value | undefined): value is ValueMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Secret) &&
    !(value instanceof Unknown) &&
    !(value instanceof Asset) &&
    !(value instanceof Archive)
  );
}

/** Whether a value is a list. `Array.isArray` alone does not narrow a readonly list. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The value without the secret marks, at any depth: for comparing and sending, never for state. */
export function reveal(value: Value): Value {
  if (value instanceof Secret) return reveal(value.value);
  if (isList(value)) return value.map(reveal);
  if (isMap(value)) return mapValues(value, reveal);
  return value;
}

/** Whether anything in it is unknown. */
export function hasUnknown(value: Value): boolean {
  if (value instanceof Unknown) return true;
  if (value instanceof Secret) return hasUnknown(value.value);
  if (isList(value)) return value.some(hasUnknown);
  if (isMap(value)) return Object.values(value).some(hasUnknown);
  return false;
}

/** Whether anything in it is secret. */
export function hasSecret(value: Value): boolean {
  if (value instanceof Secret) return true;
  if (isList(value)) return value.some(hasSecret);
  if (isMap(value)) return Object.values(value).some(hasSecret);
  return false;
}

/** Marks a value as secret, once. */
export function secret(value: Value): Secret {
  return value instanceof Secret ? value : new Secret(value);
}

/** The same keys with other values. */
export function mapValues(map: ValueMap, change: (value: Value, key: string) => Value): ValueMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}

/** The JSON in a value that holds neither unknowns nor files; secrets are opened. Undefined when it holds such. */
export function toJson(value: Value): Json | undefined {
  const open = reveal(value);
  return hasUnknown(open) || hasFile(open) ? undefined : (open as Json);
}

function hasFile(value: Value): boolean {
  if (value instanceof Asset || value instanceof Archive) return true;
  if (isList(value)) return value.some(hasFile);
  return isMap(value) && Object.values(value).some(hasFile);
}
