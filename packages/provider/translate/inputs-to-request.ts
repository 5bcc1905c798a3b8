import type { Input, Operation, Resource, ValueType } from "@support-line/twilio-api";
import { fromPascal, inputPath } from "../shape/names.ts";
import { accountParent, inputType, isClearable, outputName } from "../shape/row-to-shape.ts";
import { isList, isMap, reveal, Unknown, type JsonMap, type Value, type ValueMap } from "../values/value.ts";
import { textAt, valueAt } from "../values/place.ts";
import { sameMeaning, canonical } from "./meaning.ts";

/** One call as Twilio's documents describe it, before hosts and credentials: what goes where, as text. */
export interface WireRequest {
  readonly method: Operation["method"];
  readonly host: string;
  readonly path: string;
  readonly form: readonly (readonly [string, string])[];
  /** In place of a form, where Twilio takes JSON. */
  readonly json?: JsonMap;
}

/** Path parameters by wire name. */
export type PathParameters = Readonly<Record<string, string>>;

/** Checked inputs → the request that creates. Pure. */
export function inputsToCreate(
  row: Resource,
  operation: Operation,
  inputs: ValueMap,
  path: PathParameters,
): WireRequest {
  const sent = row.inputs.filter(({ onCreate }) => onCreate);
  return request(
    row,
    operation,
    path,
    sent.map((input) => ({ input, value: valueAt(inputs, inputPath(input.name)) })),
  );
}

/**
 * Checked inputs before and after → the request that updates: what changed, and what the operation demands anyway.
 * Undefined when there is nothing to send. Pure.
 */
export function inputsToUpdate(
  row: Resource,
  operation: Operation,
  olds: ValueMap,
  news: ValueMap,
  path: PathParameters,
): WireRequest | undefined {
  const required = new Set(operation.form.filter((parameter) => parameter.required).map(({ name }) => name));
  // A PUT says the whole of what is to be; a POST what is to change.
  const isWhole = operation.method === "PUT";
  const sent: Sent[] = [];
  let changed = false;
  for (const input of row.inputs.filter(({ onUpdate }) => onUpdate)) {
    const [before, after] = [valueAt(olds, inputPath(input.name)), valueAt(news, inputPath(input.name))];
    const same = sameMeaning(before, after, inputType(input));
    const goesAnyway = isWhole || required.has(input.name) || input.forgotten === true;
    if (same && !goesAnyway) continue;
    const isCleared = after === undefined || after === null;
    // In a PATCH of JSON null takes anything away (RFC 7396).
    const takesNull = isClearable(input) || (operation.method === "PATCH" && operation.body === "json");
    if (isCleared && (same || !takesNull)) continue;
    changed ||= !same;
    // A form says a list by its entries, so that one without entries is said like one that is gone.
    const isEmptied = operation.body !== "json" && !isCleared && isEmptyList(after);
    const said = isCleared || isEmptied ? null : after;
    sent.push({ input, value: input.merged === true ? merging(before, said) : said });
  }
  return changed ? request(row, operation, path, sent) : undefined;
}

/** What makes one map of another where an update merges: what is there now, and null for what is gone. */
function merging(before: Value | undefined, after: Value): Value {
  const [old, now] = [reveal(before ?? null), reveal(after)];
  if (!isMap(old) || !isMap(now)) return after;
  const gone = Object.keys(old).filter((key) => !(key in now));
  return { ...now, ...Object.fromEntries(gone.map((key) => [key, null])) };
}

function isEmptyList(value: Value): boolean {
  const open = reveal(value);
  return isList(open) && open.length === 0;
}

/** A request that takes nothing beside its path: fetch and delete. Pure. */
export function plainRequest(row: Resource, operation: Operation, path: PathParameters): WireRequest {
  return request(row, operation, path, []);
}

/** An input and what is sent for it: null takes its value away, undefined says nothing. */
interface Sent {
  readonly input: Input;
  readonly value: Value | undefined;
}

function request(
  row: Resource,
  operation: Operation,
  path: PathParameters,
  sent: readonly Sent[],
): WireRequest {
  const place = {
    method: operation.method,
    host: operation.host ?? row.host,
    path: fillPath(operation.path, path),
  };
  if (operation.body !== "json") return { ...place, form: sent.flatMap(parameters) };
  return { ...place, form: [], json: Object.fromEntries(sent.flatMap(property)) };
}

/** One input → its property in a JSON body. */
function property({ input, value }: Sent): [string, JsonMap[string]][] {
  if (value === undefined || value instanceof Unknown) return [];
  return [[input.name, wireValue(input.type, reveal(value)) as JsonMap[string]]];
}

/** A value with the names that Twilio gives the parts of its type. */
function wireValue(given: ValueType, value: Value): Value {
  const type = (given.kind === "string" || given.kind === "json" ? given.holds : undefined) ?? given;
  if (type.kind === "array" && isList(value)) return value.map((item) => wireValue(type.items, item));
  if (type.kind === "string" && typeof value === "string") return spelled(type.enum, value);
  if (type.kind !== "object" || !isMap(value)) return value;
  const names = new Map(type.properties.map((part) => [outputName(part.name), part]));
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => {
      const known = names.get(name);
      return known === undefined ? [name, part] : [known.name, wireValue(known.type, part)];
    }),
  );
}

/** `/v1/Services/{ServiceSid}` with its parameters. */
export function fillPath(template: string, path: PathParameters): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ""));
}

/** The parents of a resource, from its inputs or outputs, by wire name. */
export function parentParameters(row: Resource, values: ValueMap): PathParameters {
  return Object.fromEntries(row.parents.map(({ name }) => [name, textAt(values, fromPascal(name))]));
}

/** The parents that the host and path of a create name. What was a secret among its inputs stands there too. */
export function parentsIn(row: Resource, place: string): ValueMap {
  const names = row.parents.map(({ name }) => name);
  const template = row.operations.create?.path ?? row.collectionPath ?? "";
  const pattern = template
    .split(/\{\w+\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("([^/]+)");
  const values = new RegExp(`^[^/]+${pattern}$`).exec(place)?.slice(1) ?? [];
  const found = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""], at) => [name, values[at]] as const);
  return Object.fromEntries(
    found.flatMap(([name, value]) =>
      names.includes(name) && name !== accountParent && value !== undefined
        ? [[fromPascal(name), decodeURIComponent(value)] as const]
        : [],
    ),
  );
}

/** One input → form fields. A list is repeated (https://www.twilio.com/docs/usage/requests-to-twilio). */
function parameters({ input, value }: Sent): (readonly [string, string])[] {
  if (value === undefined || value instanceof Unknown) return [];
  if (value === null) return [[input.name, ""]];
  const open = reveal(value);
  if (input.type.kind === "array" && isList(open)) {
    const { items } = input.type;
    return open.map((item) => [input.name, text(items, item)] as const);
  }
  return [[input.name, text(input.type, open)]];
}

function text(type: ValueType, value: Value): string {
  if (typeof value === "string") return type.kind === "string" ? spelled(type.enum, value) : value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return canonical(wireValue(type, value));
}

/** A word as Twilio documents it, however the program wrote it. */
function spelled(words: readonly string[] | undefined, value: string): string {
  return words?.find((word) => word.toLowerCase() === value.toLowerCase()) ?? value;
}
