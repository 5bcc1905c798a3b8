import { outputName } from "../shape/row-to-shape.ts";
import type { Field, FieldType } from "../shape/shape.ts";
import { isList, isMap, Secret, type Value, type ValueMap } from "../values/value.ts";

/**
 * Inputs of any time → inputs as they are written today: where JSON has a shape now (a Workflow's configuration), text
 * becomes what it says and Twilio's own names (`task_routing`) become the program's. States and programs of earlier versions
 * have such; so has what somebody pastes from Twilio's pages. Pure.
 */
export function inputsToToday(fields: readonly Field[], inputs: ValueMap): ValueMap {
  const changed = fields.flatMap(({ name, type }) => {
    const value = inputs[name];
    return value === undefined || !hasShape(type) ? [] : [[name, today(type, value)] as const];
  });
  return changed.length === 0 ? inputs : { ...inputs, ...Object.fromEntries(changed) };
}

function hasShape(type: FieldType): boolean {
  if (type.kind === "array") return hasShape(type.items);
  return type.kind === "object" && type.open === true;
}

function today(type: FieldType, value: Value): Value {
  if (value instanceof Secret) return new Secret(today(type, value.value));
  if (!hasShape(type)) return value;
  const open = typeof value === "string" ? parsed(value) : value;
  if (type.kind === "array" && isList(open)) return open.map((item) => today(type.items, item));
  if (type.kind !== "object" || !isMap(open)) return value;
  const known = new Map(type.fields.map((field) => [field.name, field.type]));
  return Object.fromEntries(
    Object.entries(open).map(([written, part]) => {
      const name = known.has(written) ? written : outputName(written);
      const below = known.get(name);
      return below === undefined ? [written, part] : [name, today(below, part)];
    }),
  );
}

function parsed(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}
