/** The shape of JSON in a line, as a person writes it: `{numbers?: [{phoneNumber, friendlyName?}]}`. */
import { z } from "zod";

/** As much of JSON Schema as zod writes for our shapes. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

/** What a shape takes, as JSON Schema. */
export function jsonSchemaOf(shape: z.ZodType): JsonSchema {
  return z.toJSONSchema(shape, { io: "input", unrepresentable: "any", reused: "inline" }) as JsonSchema;
}

/** The shape in a line. Plain texts and numbers are said by their key alone. */
export function shapeText(schema: JsonSchema): string {
  const { properties, items, anyOf, oneOf, enum: words, const: word, additionalProperties } = schema;
  if (word !== undefined) return JSON.stringify(word);
  if (words !== undefined) return words.map((each) => JSON.stringify(each)).join(" | ");
  const either = anyOf ?? oneOf;
  if (either !== undefined) return [...new Set(either.map(shapeText))].join(" | ");
  if (items !== undefined) return `[${shapeText(items)}]`;
  if (properties !== undefined) {
    const keys = Object.entries(properties).map(([key, value]) => {
      const name = schema.required?.includes(key) === true ? key : `${key}?`;
      const text = shapeText(value);
      return ["string", "number", "integer", "boolean"].includes(text) ? name : `${name}: ${text}`;
    });
    return keys.length === 0 ? "{}" : `{${keys.join(", ")}}`;
  }
  if (typeof additionalProperties === "object") return `{name: ${shapeText(additionalProperties)}}`;
  return typeof schema.type === "string" ? schema.type : "any";
}
