import type { Field, FieldType } from "../shape/shape.ts";
import { httpMethods, isHttpMethod, memberName } from "./enums.ts";

type TypeSpec =
  | { readonly type: "string" | "integer" | "number" | "boolean" }
  | { readonly type: "array"; readonly items: TypeSpec }
  | { readonly type: "object"; readonly additionalProperties: TypeSpec }
  | { readonly $ref: string }
  | { readonly oneOf: readonly TypeSpec[] };

export type PropertySpec = TypeSpec & {
  readonly description?: string;
  readonly secret?: true;
  readonly willReplaceOnChanges?: true;
  readonly language?: { readonly csharp: { readonly name: string } };
};

interface ObjectSpec {
  readonly type: "object";
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required: readonly string[];
}

interface EnumSpec {
  readonly type: "string";
  readonly enum: readonly { readonly name: string; readonly value: string; readonly description: string }[];
}

/** The named types of a schema: what a field holds is named after its owner and the field. */
export class NamedTypes {
  readonly specs: Record<string, ObjectSpec | EnumSpec> = {};

  /**
   * Adds an object type and answers a reference to it.
   *
   * @param owner whom the types within it are named after; itself unless they are another's too
   */
  addObject(token: string, fields: readonly Field[], owner = token): TypeSpec {
    const properties = Object.fromEntries(
      fields.map((field) => [field.name, propertySpec(owner, field, this)]),
    );
    this.specs[token] = {
      type: "object",
      properties,
      required: fields.filter(({ required }) => required).map(({ name }) => name),
    };
    return { $ref: `#/types/${token}` };
  }

  /** Adds an enum type and answers a reference to it; an open one takes any text beside its words. */
  addEnum(token: string, meanings: Readonly<Record<string, string>>, open: boolean): TypeSpec {
    this.specs[token] = {
      type: "string",
      enum: Object.entries(meanings).map(([value, description]) => ({
        name: memberName(value),
        value,
        description,
      })),
    };
    const reference = { $ref: `#/types/${token}` };
    return open ? { oneOf: [{ type: "string" }, reference] } : reference;
  }
}

/** A field → its place in a schema. */
export function propertySpec(owner: string, field: Field, types: NamedTypes): PropertySpec {
  const capitalized = `${field.name.slice(0, 1).toUpperCase()}${field.name.slice(1)}`;
  return {
    ...typeSpec(`${owner}${capitalized}`, field.type, types),
    ...(field.description === "" ? {} : { description: field.description }),
    ...(field.secret ? { secret: true as const } : {}),
    ...(field.replaces ? { willReplaceOnChanges: true as const } : {}),
    // In C# no member may be called as the class that it is in.
    ...(owner.endsWith(`:${capitalized}`) ? { language: { csharp: { name: `${capitalized}Value` } } } : {}),
  };
}

function typeSpec(token: string, type: FieldType, types: NamedTypes): TypeSpec {
  switch (type.kind) {
    case "string":
      if (isHttpMethod(type.enum)) return types.addEnum(httpMethods.token, httpMethods.meanings, false);
      if (type.enum === undefined || type.meanings === undefined) return { type: "string" };
      return types.addEnum(token, type.meanings, type.open === true);
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
      return types.addObject(token, type.fields);
  }
}
