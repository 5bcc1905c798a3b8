import type { Field, FieldType } from "../shape/shape.ts";

type TypeSpec =
  | { readonly type: "string" | "integer" | "number" | "boolean" }
  | { readonly type: "array"; readonly items: TypeSpec }
  | { readonly type: "object"; readonly additionalProperties: TypeSpec }
  | { readonly $ref: string };

export type PropertySpec = TypeSpec & {
  readonly description?: string;
  readonly secret?: true;
  readonly willReplaceOnChanges?: true;
};

interface ObjectSpec {
  readonly type: "object";
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required: readonly string[];
}

/** The named types of a schema: an object that a field holds is named after its owner and the field. */
export class ObjectTypes {
  readonly specs: Record<string, ObjectSpec> = {};

  /** Adds an object type and answers a reference to it. */
  add(token: string, fields: readonly Field[]): TypeSpec {
    const properties = Object.fromEntries(
      fields.map((field) => [field.name, propertySpec(token, field, this)]),
    );
    this.specs[token] = {
      type: "object",
      properties,
      required: fields.filter(({ required }) => required).map(({ name }) => name),
    };
    return { $ref: `#/types/${token}` };
  }
}

/** A field → its place in a schema. */
export function propertySpec(owner: string, field: Field, types: ObjectTypes): PropertySpec {
  return {
    ...typeSpec(`${owner}${field.name.slice(0, 1).toUpperCase()}${field.name.slice(1)}`, field.type, types),
    ...(field.description === "" ? {} : { description: field.description }),
    ...(field.secret ? { secret: true as const } : {}),
    ...(field.replaces ? { willReplaceOnChanges: true as const } : {}),
  };
}

function typeSpec(token: string, type: FieldType, types: ObjectTypes): TypeSpec {
  switch (type.kind) {
    case "string":
    case "integer":
    case "number":
    case "boolean":
      return { type: type.kind };
    case "json":
      return { $ref: "pulumi.json#/Any" };
    case "asset":
      return { $ref: "pulumi.json#/Asset" };
    case "array":
      return { type: "array", items: typeSpec(token, type.items, types) };
    case "map":
      return { type: "object", additionalProperties: typeSpec(token, type.values, types) };
    case "object":
      return types.add(token, type.fields);
  }
}
