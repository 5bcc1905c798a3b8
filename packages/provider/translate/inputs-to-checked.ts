import type { Field, FieldType } from "../shape/shape.ts";
import {
  isList,
  isMap,
  mapValues,
  Secret,
  secret,
  Unknown,
  type Value,
  type ValueMap,
} from "../values/value.ts";
import { inputsToToday } from "./inputs-to-today.ts";
import { nearest } from "./nearest.ts";
import { valueFault } from "./value-fault.ts";

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
export function inputsToChecked(fields: readonly Field[], inputs: ValueMap, owner: string): Checked {
  const failures: CheckFailure[] = [];
  const checked = checkFields(fields, inputsToToday(fields, inputs), "", { owner, failures, hidden: false });
  return { inputs: checked, failures };
}

interface Check {
  /** Whose inputs these are, for messages. */
  readonly owner: string;
  readonly failures: CheckFailure[];
  /** Inside a secret: what is there must not be said. */
  readonly hidden: boolean;
}

function checkFields(
  fields: readonly Field[],
  values: ValueMap,
  prefix: string,
  check: Check,
  open = false,
): ValueMap {
  const { owner, failures } = check;
  const names = fields.map(({ name }) => name);
  for (const name of Object.keys(values)) {
    if (open || names.includes(name) || name.startsWith("__")) continue;
    const near = nearest(name, names);
    const hint = near === undefined ? `It takes ${names.join(", ")}.` : `Did you mean ${near}?`;
    failures.push({ property: prefix + name, reason: `${owner} has no property ${prefix}${name}. ${hint}` });
  }
  const unnamed = open ? Object.entries(values).filter(([name]) => !names.includes(name)) : [];
  const checked: Record<string, Value> = Object.fromEntries(unnamed);
  for (const field of fields) {
    const value = values[field.name];
    if (value === undefined || value === null) {
      if (field.required) {
        failures.push({ property: prefix + field.name, reason: `${prefix}${field.name} is required.` });
      }
      continue;
    }
    const hidden = check.hidden || field.secret;
    const result = checkValue(field.type, value, prefix + field.name, { ...check, hidden });
    checked[field.name] = field.secret ? secret(result) : result;
  }
  return checked;
}

function checkValue(type: FieldType, value: Value, property: string, check: Check): Value {
  if (value instanceof Unknown) return value;
  if (value instanceof Secret) {
    return sink(type, checkValue(type, value.value, property, { ...check, hidden: true }));
  }
  if (type.kind === "object" && isMap(value)) {
    return checkFields(type.fields, value, `${property}.`, check, type.open);
  }
  if (type.kind === "array" && isList(value)) {
    return value.map((item, index) => checkValue(type.items, item, `${property}[${index}]`, check));
  }
  if (type.kind === "map" && isMap(value)) {
    return mapValues(value, (item, key) => checkValue(type.values, item, `${property}.${key}`, check));
  }
  if (type.kind === "json") return typeof value === "string" ? parsed(value) : value;
  const fault = valueFault(type, value);
  if (fault !== undefined) {
    const found = check.hidden ? "what it is (secret)" : fault.found;
    check.failures.push({ property, reason: `${property} ${fault.must}, not ${found}.` });
  }
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
