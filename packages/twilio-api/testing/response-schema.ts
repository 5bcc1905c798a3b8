/**
 * Twilio's own word on a response: the schema that its OpenAPI document gives for an operation. For tests of whoever
 * answers as Twilio. It reads the documents and not the rows' properties, so that both cannot be wrong in the same way.
 */
import { Ajv, type ValidateFunction } from "ajv";
import addFormatsModule from "ajv-formats";
import {
  readDocument,
  resolveSchema,
  type Example,
  type OpenApiDocument,
  type Schema,
} from "../generate/document.ts";
import { allResources, resource } from "../index.ts";
import { scope } from "../scope.ts";
import type { OperationName } from "../types.ts";

/** Formats of the documents that are names of a notation, and nothing that ajv could check. */
const notations = [
  "date-time-rfc-2822",
  "uri-map",
  "phone-number",
  "currency",
  "int64",
  "int32",
  "double",
  "float",
  "http-method",
  "phone-number-capabilities",
];

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
addFormatsModule.default(ajv);
for (const notation of notations) ajv.addFormat(notation, true);
// In the 2010 API URLs are paths, and what is not set is an empty text.
ajv.addFormat("uri", /^($|https?:\/\/|\/)/);

const validators = new Map<string, ValidateFunction | null>();
const documents = new Map<string, OpenApiDocument>();

/**
 * What is wrong with the body of a successful response; empty when nothing is, or when no document says what it is.
 *
 * @param token of the resource, `twilio:serverless:Service`
 */
export function responseFaults(token: string, operation: OperationName, body: unknown): string[] {
  const key = `${token} ${operation}`;
  let validate = validators.get(key);
  if (validate === undefined) {
    validate = compiled(token, operation);
    validators.set(key, validate);
  }
  if (validate === null || validate(body)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath} ${message ?? "is wrong"}`,
  );
}

export interface ResponseExample {
  readonly token: string;
  readonly operation: OperationName;
  /** As the document calls it, `readEmpty`. */
  readonly name: string;
  readonly body: unknown;
}

/** Every example of a successful response that the documents carry for the operations in scope. */
export function responseExamples(): ResponseExample[] {
  return allResources().flatMap(({ token, operations }) =>
    (Object.keys(operations) as OperationName[]).flatMap((operation) =>
      Object.entries(mediaOf(token, operation)?.examples ?? {}).map(([name, example]) => ({
        token,
        operation,
        name,
        body: bodyOf(documentOf(token), example),
      })),
    ),
  );
}

function bodyOf(document: OpenApiDocument, { value, $ref }: Example): unknown {
  if ($ref === undefined) return value;
  return document.components.examples?.[$ref.replace("#/components/examples/", "")]?.value;
}

function compiled(token: string, operation: OperationName): ValidateFunction | null {
  const schema = mediaOf(token, operation)?.schema;
  return schema === undefined ? null : ajv.compile(strict(documentOf(token), schema));
}

/** The JSON of a success in the document; undefined for uploads, which are in none, and for empty answers. */
function mediaOf(token: string, operation: OperationName) {
  const row = resource(token)?.operations[operation];
  if (row === undefined || row.host !== undefined) return undefined;
  const method = row.method.toLowerCase() as "get" | "post" | "delete";
  const responses = documentOf(token).paths[row.path]?.[method]?.responses ?? {};
  const [, success] = Object.entries(responses).find(([status]) => status.startsWith("2")) ?? [];
  return success?.content?.["application/json"];
}

function documentOf(token: string): OpenApiDocument {
  const row = scope.find(({ product }) => product === token.split(":")[1]);
  if (row === undefined) throw new Error(`no document of ${token}`);
  let document = documents.get(row.document);
  if (document === undefined) {
    document = readDocument(row.document);
    documents.set(row.document, document);
  }
  return document;
}

/**
 * The schema as JSON Schema: references resolved, `nullable` said as a type. Every value may be null: Twilio answers
 * null for whatever is not set, also where the documents forget to say so, and their own examples do. A property that
 * the document does not name is refused.
 */
function strict(document: OpenApiDocument, given: Schema): object {
  const schema = resolveSchema(document, given);
  const { type, format, pattern, enum: values, items, properties } = schema;
  const names = Object.keys(properties ?? {});
  return {
    ...(type === undefined ? {} : { type: [type, "null"] }),
    ...(format === undefined ? {} : { format }),
    ...(pattern === undefined ? {} : { pattern: `^$|${pattern}` }),
    ...(values === undefined ? {} : { enum: [...values, null] }),
    ...(items === undefined ? {} : { items: strict(document, items) }),
    ...(properties === undefined || names.length === 0
      ? {}
      : {
          properties: Object.fromEntries(
            names.map((name) => [name, strict(document, properties[name] ?? {})]),
          ),
          additionalProperties: false,
        }),
  };
}
