/** Reads one of Twilio's OpenAPI documents from `@twilio/cli-core`, as far as rows are made of it. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";

/** A JSON Schema as Twilio's documents use it. */
export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly (string | null)[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly nullable?: boolean;
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly [keyword: string]: unknown;
}

export interface DocumentParameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: Schema;
}

/** A parameter, or where it stands. */
export type DocumentParameterOrReference = DocumentParameter | { readonly $ref: string };

/** An example, or where it stands. */
export interface Example {
  readonly value?: unknown;
  readonly $ref?: string;
}

export interface MediaType {
  readonly schema?: Schema;
  readonly examples?: Readonly<Record<string, Example>>;
}

export interface DocumentOperation {
  readonly operationId: string;
  readonly parameters?: readonly DocumentParameterOrReference[];
  readonly requestBody?: { readonly content: Readonly<Record<string, MediaType>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, MediaType>> }>>;
}

export const methods = ["get", "post", "put", "patch", "delete"] as const;

export type PathItem = Readonly<Partial<Record<(typeof methods)[number], DocumentOperation>>> & {
  readonly servers?: readonly { readonly url: string }[];
  /** Those of every operation of the path. */
  readonly parameters?: readonly DocumentParameterOrReference[];
  readonly "x-twilio"?: {
    readonly dependentProperties?: Readonly<Record<string, { readonly resource_url: string }>>;
  };
};

export interface OpenApiDocument {
  /** Where paths are that name no server of their own. */
  readonly servers?: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly examples?: Readonly<Record<string, Example>>;
    readonly parameters?: Readonly<Record<string, DocumentParameter>>;
  };
}

/** Every document that Twilio publishes. */
export function documentNames(): string[] {
  const one = createRequire(import.meta.url).resolve(
    "@twilio/cli-core/src/services/twilio-api/twilio_api_v2010.json",
  );
  return readdirSync(dirname(one))
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();
}

/** The document of that name. The dependency is pinned, so its shape is known; its schemas are checked keyword by keyword. */
export function readDocument(name: string): OpenApiDocument {
  const path = createRequire(import.meta.url).resolve(
    `@twilio/cli-core/src/services/twilio-api/${name}.json`,
  );
  return JSON.parse(readFileSync(path, "utf8")) as OpenApiDocument;
}

/** What an operation takes beside its body. */
export function parametersOf(
  document: OpenApiDocument,
  item: PathItem,
  operation: DocumentOperation,
): DocumentParameter[] {
  return [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) => {
    if (!("$ref" in parameter)) return parameter;
    const found = document.components.parameters?.[parameter.$ref.split("/").at(-1) ?? ""];
    if (found === undefined) throw new Error(`${parameter.$ref} leads nowhere`);
    return found;
  });
}

/** The schema that a `$ref` leads to; one made of `allOf` with the properties of all its parts. */
export function resolveSchema(document: OpenApiDocument, schema: Schema): Schema {
  if (schema.allOf !== undefined) return joined(document, schema);
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.replace("#/components/schemas/", "");
  const found = document.components.schemas[name];
  if (found === undefined) throw new Error(`${schema.$ref} leads nowhere`);
  return resolveSchema(document, found);
}

function joined(document: OpenApiDocument, { allOf = [], ...own }: Schema): Schema {
  const parts = [...allOf.map((part) => resolveSchema(document, part)), own];
  return {
    ...own,
    type: "object",
    properties: Object.assign({}, ...parts.map(({ properties }) => properties ?? {})) as Record<
      string,
      Schema
    >,
    required: parts.flatMap(({ required }) => required ?? []),
  };
}

/** A response that has one of several forms, as one that may have the properties of all of them. */
export function anyOf(document: OpenApiDocument, schema: Schema): Schema {
  if (schema.oneOf === undefined) return schema;
  const forms = schema.oneOf.map((form) => resolveSchema(document, form).properties ?? {});
  const names = new Set(forms.flatMap((form) => Object.keys(form)));
  const properties = [...names].map((name) => {
    const found = forms.find((form) => form[name] !== undefined)?.[name] ?? {};
    return [name, forms.every((form) => form[name] !== undefined) ? found : { ...found, nullable: true }];
  });
  return { type: "object", properties: Object.fromEntries(properties) as Record<string, Schema> };
}
