import type { Input, Operation, Resource, ValueType } from "@support-line/twilio-api";
import { fromPascal, inputPath } from "../shape/names.ts";
import { inputType } from "../shape/row-to-shape.ts";
import { isList, reveal, Unknown, type Value, type ValueMap } from "../values/value.ts";
import { textAt, valueAt } from "../values/place.ts";
import { sameMeaning, canonical } from "./meaning.ts";

/** One call as Twilio's documents describe it, before hosts and credentials: what goes where, as text. */
export interface WireRequest {
  readonly method: Operation["method"];
  readonly host: string;
  readonly path: string;
  readonly form: readonly (readonly [string, string])[];
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
    sent.flatMap((input) => parameters(input, valueAt(inputs, inputPath(input.name)))),
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
  const form: (readonly [string, string])[] = [];
  let changed = false;
  for (const input of row.inputs.filter(({ onUpdate }) => onUpdate)) {
    const [before, after] = [valueAt(olds, inputPath(input.name)), valueAt(news, inputPath(input.name))];
    const same = sameMeaning(before, after, inputType(input));
    if (same && !required.has(input.name)) continue;
    const sent = after === undefined || after === null ? cleared(input) : parameters(input, after);
    changed ||= !same && sent.length > 0;
    form.push(...sent);
  }
  return changed ? request(row, operation, path, form) : undefined;
}

/** A request that takes nothing beside its path: fetch and delete. Pure. */
export function plainRequest(row: Resource, operation: Operation, path: PathParameters): WireRequest {
  return request(row, operation, path, []);
}

function request(
  row: Resource,
  operation: Operation,
  path: PathParameters,
  form: readonly (readonly [string, string])[],
): WireRequest {
  return {
    method: operation.method,
    host: operation.host ?? row.host,
    path: fillPath(operation.path, path),
    form,
  };
}

/** `/v1/Services/{ServiceSid}` with its parameters. */
export function fillPath(template: string, path: PathParameters): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ""));
}

/** The parents of a resource, from its inputs or outputs, by wire name. */
export function parentParameters(row: Resource, values: ValueMap): PathParameters {
  return Object.fromEntries(row.parents.map(({ name }) => [name, textAt(values, fromPascal(name))]));
}

/** One input → form fields. A list is repeated (https://www.twilio.com/docs/usage/requests-to-twilio). */
function parameters(input: Input, value: Value | undefined): (readonly [string, string])[] {
  if (value === undefined || value === null || value instanceof Unknown) return [];
  const open = reveal(value);
  if (input.type.kind === "array" && isList(open)) {
    const { items } = input.type;
    return open.map((item) => [input.name, text(items, item)] as const);
  }
  return [[input.name, text(input.type, open)]];
}

function text(type: ValueType, value: Value): string {
  if (typeof value === "string") return type.kind === "string" ? spelled(type.enum, value) : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : canonical(value);
}

/** A word as Twilio documents it, however the program wrote it. */
function spelled(words: readonly string[] | undefined, value: string): string {
  return words?.find((word) => word.toLowerCase() === value.toLowerCase()) ?? value;
}

/**
 * What takes a value away again: an empty one, for texts and lists. Numbers, truth values and words have no such;
 * Twilio keeps what it has.
 */
function cleared(input: Input): (readonly [string, string])[] {
  const { type } = input;
  const clearable =
    type.kind === "array" || type.kind === "json" || (type.kind === "string" && type.enum === undefined);
  return clearable ? [[input.name, ""]] : [];
}
