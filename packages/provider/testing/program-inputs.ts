import type { Resource, ValueType } from "@support-line/twilio-api";
import { inputPath } from "../shape/names.ts";
import { outputName } from "../shape/row-to-shape.ts";
import { withValueAt } from "../values/place.ts";
import { isList, isMap, type Value, type ValueMap } from "../values/value.ts";

/** Values by the wire names of a resource's inputs → what a program passes. */
export function programInputs(row: Resource, wire: Readonly<Record<string, Value>>): ValueMap {
  return row.inputs.reduce<ValueMap>((inputs, { name, type }) => {
    const value = wire[name];
    return value === undefined ? inputs : withValueAt(inputs, inputPath(name), named(type, value));
  }, {});
}

/** A value with the program's names for the parts of its type. */
function named(type: ValueType, value: Value): Value {
  if (type.kind === "array" && isList(value)) return value.map((item) => named(type.items, item));
  if (type.kind !== "object" || !isMap(value)) return value;
  const types = new Map(type.properties.map((part) => [part.name, part.type]));
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      outputName(name),
      named(types.get(name) ?? { kind: "json" }, part),
    ]),
  );
}
