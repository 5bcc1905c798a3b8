import type { Input, Resource } from "@support-line/twilio-api";
import { fromPascal, inputPath } from "../shape/names.ts";
import { fieldType, inputType, outputName } from "../shape/row-to-shape.ts";
import type { Field, FieldType, Shape } from "../shape/shape.ts";
import { isList, isMap, secret, Secret, type JsonMap, type Value, type ValueMap } from "../values/value.ts";
import { valueAt, withValueAt } from "../values/place.ts";
import { sameMeaning } from "./meaning.ts";

/**
 * Wire response → outputs: every property Twilio shows under the program's name, and every input, in the program's
 * own spelling and secrecy where that means the same as what Twilio shows. Pure.
 */
export function responseToOutputs(row: Resource, shape: Shape, body: JsonMap, inputs: ValueMap): ValueMap {
  let outputs: ValueMap = {};
  for (const { name } of row.parents) {
    const value = inputs[fromPascal(name)];
    if (value !== undefined) outputs = { ...outputs, [fromPascal(name)]: value };
  }
  for (const input of row.inputs) {
    const path = inputPath(input.name);
    const value = shownValue(input, body, valueAt(inputs, path));
    if (value !== undefined) outputs = withValueAt(outputs, path, value);
  }
  // A property under an input's name has been shown already, in the input's type.
  const taken = new Set(row.inputs.map(({ name }) => inputPath(name)[0]));
  const secrets = new Set(row.secretProperties.map(outputName));
  for (const { name } of shape.outputs) {
    if (taken.has(name) || outputs[name] !== undefined) continue;
    const property = row.properties.find((candidate) => outputName(candidate.name) === name);
    const value = property === undefined ? undefined : body[property.name];
    if (property === undefined || value === undefined || value === null) continue;
    const shown = renamed(fieldType(property.type), value);
    outputs = { ...outputs, [name]: secrets.has(name) ? secret(shown) : shown };
  }
  return outputs;
}

/**
 * Wire response → the inputs that would make it, for refresh: of what the program said, what is the same by meaning
 * stays as the program wrote it, and what differs is what Twilio shows. What the program left to Twilio stays out.
 * Pure.
 */
export function responseToInputs(row: Resource, body: JsonMap, olds: ValueMap): ValueMap {
  let inputs = olds;
  for (const input of row.inputs) {
    const path = inputPath(input.name);
    const old = valueAt(olds, path);
    if (old === undefined || old === null || input.property === null) continue;
    inputs = withValueAt(inputs, path, shownValue(input, body, old) ?? null);
  }
  return inputs;
}

/** Wire response → inputs for import: all that Twilio shows and that says something. Pure. */
export function responseToImported(row: Resource, body: JsonMap, parents: ValueMap): ValueMap {
  let inputs = parents;
  for (const input of row.inputs) {
    const value = shownValue(input, body, undefined);
    if (value !== undefined && value !== "" && !(isList(value) && value.length === 0)) {
      inputs = withValueAt(inputs, inputPath(input.name), value);
    }
  }
  return inputs;
}

/** What a response shows of an input, in the input's type; the program's own value where it shows the same or nothing. */
function shownValue(input: Input, body: JsonMap, own: Value | undefined): Value | undefined {
  const given = own === null ? undefined : own;
  if (input.property === null) return given;
  const type = inputType(input);
  const raw = propertyAt(body, input.property);
  if (raw === undefined) return given;
  const shown = raw === null ? undefined : coerced(type, raw);
  if (given !== undefined && sameMeaning(given, shown ?? empty(type), type)) return given;
  if (shown === undefined) return undefined;
  return input.secret || given instanceof Secret ? secret(shown) : shown;
}

/** Twilio shows what was set to nothing as null. */
function empty(type: FieldType): Value {
  return type.kind === "array" ? [] : type.kind === "string" ? "" : null;
}

function propertyAt(body: JsonMap, path: string): Value | undefined {
  let current: Value | undefined = body;
  for (const name of path.split(".")) {
    if (current === null || !isMap(current)) return current === null ? null : undefined;
    current = current[name];
  }
  return current;
}

/** A value as a response writes it, in the type of the input: `"3"` for a number, text for JSON. */
function coerced(type: FieldType, value: Value): Value {
  if ((type.kind === "integer" || type.kind === "number") && typeof value === "string" && value !== "") {
    const number = Number(value);
    return Number.isFinite(number) ? number : value;
  }
  if (type.kind === "boolean" && (value === "true" || value === "false")) return value === "true";
  if (type.kind === "string" && (typeof value === "number" || typeof value === "boolean")) {
    return String(value);
  }
  if (type.kind === "string" && (isMap(value) || isList(value))) return JSON.stringify(value);
  if (type.kind === "json" && typeof value === "string") return parsed(value);
  if (type.kind === "object" && typeof value === "string") return renamed(type, parsed(value));
  return renamed(type, value);
}

function parsed(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}

/** Objects that the documents describe get the program's names; free JSON keeps its own. */
function renamed(type: FieldType, value: Value): Value {
  if (type.kind === "array" && isList(value)) return value.map((item) => renamed(type.items, item));
  if (type.kind !== "object" || !isMap(value)) return value;
  const fields = new Map(type.fields.map((field: Field) => [field.name, field]));
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => {
      const field = fields.get(outputName(name));
      return [outputName(name), field === undefined ? part : renamed(field.type, part)];
    }),
  );
}
