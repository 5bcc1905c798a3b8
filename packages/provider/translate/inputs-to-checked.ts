import type { Field, FieldType } from "../shape/shape.ts";
import {
  Asset,
  isList,
  isMap,
  mapValues,
  Secret,
  secret,
  Unknown,
  type Value,
  type ValueMap,
} from "../values/value.ts";
import { nearest } from "./nearest.ts";

/** One thing wrong with an input, at the property that has it: `autoCreation.type`. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

export interface Checked {
  readonly inputs: ValueMap;
  readonly failures: readonly CheckFailure[];
}

/**
 * Program inputs → checked inputs: every key known, every value of its type, what must be secret marked so. Absent
 * and null are the same. Unknown values pass, whatever the type. Pure.
 */
export function inputsToChecked(fields: readonly Field[], inputs: ValueMap, resource: string): Checked {
  const failures: CheckFailure[] = [];
  const checked = checkFields(fields, inputs, "", resource, failures);
  return { inputs: checked, failures };
}

function checkFields(
  fields: readonly Field[],
  values: ValueMap,
  prefix: string,
  owner: string,
  failures: CheckFailure[],
): ValueMap {
  const names = fields.map(({ name }) => name);
  for (const name of Object.keys(values)) {
    if (names.includes(name) || name.startsWith("__")) continue;
    const near = nearest(name, names);
    const hint = near === undefined ? `It takes ${names.join(", ")}.` : `Did you mean ${near}?`;
    failures.push({ property: prefix + name, reason: `${owner} has no property ${prefix}${name}. ${hint}` });
  }
  const checked: Record<string, Value> = {};
  for (const field of fields) {
    const value = values[field.name];
    if (value === undefined || value === null) {
      if (field.required) {
        failures.push({ property: prefix + field.name, reason: `${prefix}${field.name} is required.` });
      }
      continue;
    }
    const result = checkValue(field.type, value, prefix + field.name, owner, failures);
    checked[field.name] = field.secret ? secret(result) : result;
  }
  return checked;
}

function checkValue(
  type: FieldType,
  value: Value,
  property: string,
  owner: string,
  failures: CheckFailure[],
): Value {
  if (value instanceof Unknown) return value;
  if (value instanceof Secret) return sink(type, checkValue(type, value.value, property, owner, failures));
  if (type.kind === "object" && isMap(value)) {
    return checkFields(type.fields, value, `${property}.`, owner, failures);
  }
  if (type.kind === "array" && isList(value)) {
    return value.map((item, index) => checkValue(type.items, item, `${property}[${index}]`, owner, failures));
  }
  if (type.kind === "map" && isMap(value)) {
    return mapValues(value, (item, key) =>
      checkValue(type.values, item, `${property}.${key}`, owner, failures),
    );
  }
  if (type.kind === "json") return typeof value === "string" ? parsed(value) : value;
  const reason = fault(type, value);
  if (reason !== undefined) failures.push({ property, reason: `${property} ${reason}` });
  return value;
}

/** A secret object is one whose every part is secret, so that each part can be told apart and sent alone. */
function sink(type: FieldType, value: Value): Value {
  if (type.kind !== "object" || !isMap(value)) return secret(value);
  return mapValues(value, (part, name) => {
    const field = type.fields.find((candidate) => candidate.name === name);
    return field === undefined ? secret(part) : sink(field.type, part);
  });
}

/** JSON given as text is kept as what it says, so that it compares and shows part by part. */
function parsed(text: string): Value {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}

/** What is wrong with a value of its type, to be read after the property's name; undefined when nothing is. */
function fault(type: FieldType, value: Value): string | undefined {
  switch (type.kind) {
    case "string":
      return typeof value === "string"
        ? textFault(type, value)
        : `must be text, not ${kindOf(value)}${quotes(value)}.`;
    case "integer":
    case "number":
      if (typeof value !== "number") return `must be a number, not ${kindOf(value)}.`;
      if (type.kind === "integer" && !Number.isInteger(value)) return `must be a whole number, not ${value}.`;
      if (type.minimum !== undefined && value < type.minimum) {
        return `must be at least ${type.minimum}, not ${value}.`;
      }
      if (type.maximum !== undefined && value > type.maximum) {
        return `must be at most ${type.maximum}, not ${value}.`;
      }
      return undefined;
    case "boolean":
      return typeof value === "boolean" ? undefined : `must be true or false, not ${kindOf(value)}.`;
    case "asset":
      return value instanceof Asset
        ? undefined
        : `must be a file (pulumi.asset.FileAsset or StringAsset), not ${kindOf(value)}.`;
    case "array":
      return `must be a list, not ${kindOf(value)}.`;
    case "object":
    case "map":
      return `must be an object, not ${kindOf(value)}.`;
    case "json":
      return undefined;
  }
}

function textFault(type: FieldType & { kind: "string" }, text: string): string | undefined {
  if (type.enum !== undefined && !type.enum.some((word) => word.toLowerCase() === text.toLowerCase())) {
    const near = nearest(text, type.enum);
    const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
    return `must be one of ${type.enum.join(", ")}, not "${text}".${hint}`;
  }
  if (type.sid !== undefined && text !== "") return sidFault(type.sid, text);
  if (type.minLength !== undefined && text !== "" && text.length < type.minLength) {
    return `must have at least ${type.minLength} characters; it has ${text.length}.`;
  }
  if (type.maxLength !== undefined && text.length > type.maxLength) {
    return `must have at most ${type.maxLength} characters; it has ${text.length}.`;
  }
  return undefined;
}

/** Names stand for SIDs in many paths, so only what is plainly a SID of something else is refused. */
function sidFault(prefix: string, text: string): string | undefined {
  const other = /^([A-Z]{2})[0-9a-fA-F]{32}$/.exec(text)?.[1];
  return other === undefined || other === prefix
    ? undefined
    : `must be a SID that begins with ${prefix}; ${text} begins with ${other}.`;
}

function kindOf(value: Value): string {
  if (typeof value === "string") return `the text "${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "boolean") return String(value);
  if (isList(value)) return "a list";
  if (value instanceof Asset) return "a file";
  return "an object";
}

/** Where a number or a truth value stands for text, it is most likely unquoted. */
function quotes(value: Value): string {
  return typeof value === "number" || typeof value === "boolean" ? " (put it in quotes)" : "";
}
