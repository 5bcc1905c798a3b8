import type { ValueType } from "../types.ts";
import { resolveSchema, type OpenApiDocument, type Schema } from "./document.ts";

/** What rows are made of. */
const read = [
  "type",
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "enum",
  "items",
  "properties",
  "required",
  "nullable",
  "$ref",
  "allOf",
];
/** What says nothing about values. */
const ignored = [
  "description",
  "title",
  "example",
  "default",
  "x-twilio",
  "x-field-extra-annotation",
  "x-class-extra-annotation",
  "x-getter-extra-annotation",
  "x-jvm-type",
  // Who writes a property stands in the operations: what a request does not take, only Twilio writes.
  "readOnly",
  // An object with further properties is one whose known ones are read; how long a list may be is left to Twilio.
  "additionalProperties",
  "minItems",
  "maxItems",
  // What Twilio would rather not see used still works.
  "deprecated",
];
const known = new Set([...read, ...ignored]);

/**
 * Stops at what nobody has thought about. For schemas whose properties are read one by one, too: a request made of
 * `allOf` would otherwise be one that takes nothing.
 *
 * @throws Error naming the keyword and the place
 */
export function refuseUnknownKeywords(schema: Schema, place: string): void {
  for (const keyword of Object.keys(schema)) {
    if (!known.has(keyword)) {
      throw new Error(
        `${place}: schema keyword "${keyword}" is new; decide what it means in generate/value-type.ts`,
      );
    }
  }
}

/**
 * The type of a value from its schema.
 *
 * @throws Error on a schema keyword that nobody has decided about, naming it and the place
 */
export function valueType(document: OpenApiDocument, given: Schema, place: string): ValueType {
  const { oneOf, discriminator, ...known } = given;
  refuseUnknownKeywords(known, place);
  // What may have one of several forms is any JSON; of a whole request it would hide every input, and is refused there.
  if (oneOf !== undefined || discriminator !== undefined) return { kind: "json" };
  const schema = resolveSchema(document, given);
  if (schema !== given) return valueType(document, schema, place);
  switch (schema.type) {
    case "string":
      return stringType(schema);
    case "integer":
    case "number":
      return { kind: schema.type, ...pick(schema, "minimum", "maximum") };
    case "boolean":
      return { kind: "boolean" };
    case "array":
      return { kind: "array", items: valueType(document, schema.items ?? {}, `${place}[]`) };
    case "object":
      return objectType(document, schema, place);
    case undefined:
      return { kind: "json" };
    default:
      throw new Error(
        `${place}: type "${schema.type}" is new; decide what it means in generate/value-type.ts`,
      );
  }
}

function stringType(schema: Schema): ValueType {
  const sid = /^\^\(?([A-Z]{2})\)?\[0-9a-f(?:A-F)?\]\{32\}\$$/.exec(schema.pattern ?? "")?.[1];
  if (sid !== undefined) return { kind: "string", sid };
  const values = schema.enum?.filter((value) => value !== null);
  return {
    kind: "string",
    ...(values === undefined ? {} : { enum: values }),
    ...pick(schema, "format", "pattern", "minLength", "maxLength"),
  };
}

function objectType(document: OpenApiDocument, schema: Schema, place: string): ValueType {
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0) return { kind: "json" };
  return {
    kind: "object",
    properties: properties.map(([name, property]) => ({
      name,
      type: valueType(document, property, `${place}.${name}`),
      nullable: property.nullable ?? false,
    })),
  };
}

function pick<Key extends keyof Schema>(schema: Schema, ...keys: Key[]): Pick<Schema, Key> {
  return Object.fromEntries(
    keys.flatMap((key) => (schema[key] === undefined ? [] : [[key, schema[key]]])),
  ) as Pick<Schema, Key>;
}
