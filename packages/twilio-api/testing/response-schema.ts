/**
 * Twilio's own word on a response: the schema that its OpenAPI document gives for an operation. For tests of whoever
 * answers as Twilio. It reads the documents and not the rows' properties, so that both cannot be wrong in the same way.
 */
import { Ajv, type ValidateFunction } from "ajv";
import addFormatsModule from "ajv-formats";
import {
  methods,
  readDocument,
  resolveSchema,
  type Example,
  type MediaType,
  type OpenApiDocument,
  type PathItem,
  type Schema,
} from "../generate/document.ts";
import { allResources, resource } from "../index.ts";
import { overlayRowsOf } from "../overlay.ts";
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
  "inbound-call-price",
  "iso-country-code",
  "outbound-call-price-with-origin",
  "outbound-prefix-price-with-origin",
  "ice-server",
  "recording-rule",
  "subscribe-rule",
];

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
addFormatsModule.default(ajv);
for (const notation of notations) ajv.addFormat(notation, true);
// In the 2010 API URLs are paths, and what is not set is an empty text.
ajv.addFormat("uri", /^($|https?:\/\/|\/)/);

const validators = new Map<string, ValidateFunction | null>();
const documents = new Map<string, OpenApiDocument>();

/**
 * What is wrong with the body of a successful response; empty when nothing is, or when no document says what it is
 * (uploads are in none, a deletion answers nothing).
 *
 * @param token of the resource, `twilio:serverless:Service`
 * @param status of the response; absent: the document's first one of success
 * @throws Error when there is no such resource or operation: a misspelt one would find nothing wrong, ever
 */
export function responseFaults(
  token: string,
  operation: OperationName,
  body: unknown,
  status?: number,
): string[] {
  const successes = successesOf(token, operation);
  if (successes.length === 0) return [];
  const success = status === undefined ? successes[0] : successes.find((each) => each.status === status);
  if (success === undefined) {
    return [`status ${status} is not one of ${successes.map((each) => each.status).join(", ")}`];
  }
  const key = `${token} ${operation} ${success.status}`;
  let validate = validators.get(key);
  if (validate === undefined) {
    validate = compiled(token, operation, success);
    validators.set(key, validate);
  }
  if (validate === null || validate(body)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const extra: unknown = params["additionalProperty"];
    return `${instancePath} ${message ?? "is wrong"}${typeof extra === "string" ? `: ${extra}` : ""}`;
  });
}

export interface ResponseExample {
  readonly token: string;
  readonly operation: OperationName;
  readonly status: number;
  /** As the document calls it, `readEmpty`. */
  readonly name: string;
  readonly body: unknown;
}

/** Every example of a successful response that the documents carry for the operations in scope. */
export function responseExamples(): ResponseExample[] {
  return allResources().flatMap(({ token, operations }) =>
    (Object.keys(operations) as OperationName[]).flatMap((operation) =>
      successesOf(token, operation).flatMap(({ status, media }) =>
        Object.entries(media?.examples ?? {}).map(([name, example]) => ({
          token,
          operation,
          status,
          name,
          body: bodyOf(documentOf(token), example),
        })),
      ),
    ),
  );
}

function bodyOf(document: OpenApiDocument, { value, $ref }: Example): unknown {
  if ($ref === undefined) return value;
  return document.components.examples?.[$ref.replace("#/components/examples/", "")]?.value;
}

/** A status of success, and the JSON that comes with it. */
interface Success {
  readonly status: number;
  readonly media: MediaType | undefined;
}

/** The path of a document, however a row names its parameters. */
function itemAt({ paths }: OpenApiDocument, path: string): PathItem | undefined {
  const shapeless = (text: string) => text.replace(/\{\w+\}/g, "{}");
  return paths[path] ?? Object.entries(paths).find(([other]) => shapeless(other) === shapeless(path))?.[1];
}

/** Every status of success in the document, of which an operation may have two; none for uploads, which are in none. */
function successesOf(token: string, operation: OperationName): Success[] {
  const row = resource(token)?.operations[operation];
  if (row === undefined) throw new Error(`no row says how to ${operation} ${token}`);
  if (row.host !== undefined) return [];
  const method = methods.find((each) => each.toUpperCase() === row.method);
  const responses = method && itemAt(documentOf(token), row.path)?.[method]?.responses;
  return Object.entries(responses ?? {})
    .filter(([status]) => status.startsWith("2"))
    .map(([status, response]) => ({
      status: Number(status),
      media: response.content?.["application/json"],
    }));
}

function compiled(token: string, operation: OperationName, { media }: Success): ValidateFunction | null {
  if (media?.schema === undefined) return null;
  const corrections = overlayRowsOf(token);
  // An item of a list is the resource, so what is said of its properties holds there too.
  const item = operation === "list" ? `${resource(token)?.list?.key ?? ""}[].` : "";
  const isNamed = (names: readonly string[], at: string) => names.includes(at.replace(item, ""));
  const nullable = corrections.flatMap((row) => row.nullable ?? []);
  const unnamed = corrections.flatMap((row) => row.unnamed ?? []);
  const emptyText = corrections.flatMap((row) => row.emptyText ?? []);
  const otherForm = corrections.flatMap((row) => row.otherForm ?? []);
  return ajv.compile(
    strict(documentOf(token), media.schema, "", {
      isNullable: (at) => isNamed(nullable, at),
      mayBeEmpty: (at) => isNamed(emptyText, at),
      hasOtherForm: (at) => isNamed(otherForm, at),
      unnamedAt: (at) =>
        unnamed.flatMap((name) => {
          const [, place = "", last = ""] = /^(?:(.*)\.)?([^.]+)$/.exec(name) ?? [];
          return `${item}${place}`.replace(/\.$/, "") === at ? last : [];
        }),
    }),
  );
}

function documentOf(token: string): OpenApiDocument {
  const { product, version } = resource(token) ?? {};
  const row = scope.find((each) => each.product === product && each.version === version);
  if (row === undefined) throw new Error(`no document of ${token}`);
  let document = documents.get(row.document);
  if (document === undefined) {
    document = readDocument(row.document);
    documents.set(row.document, document);
  }
  return document;
}

/** What the overlay knows better than the document about the property at a place. */
interface Corrections {
  readonly isNullable: (at: string) => boolean;
  readonly mayBeEmpty: (at: string) => boolean;
  readonly hasOtherForm: (at: string) => boolean;
  readonly unnamedAt: (at: string) => readonly string[];
}

/**
 * The schema as JSON Schema: references resolved, `nullable` said as a type, what the document gets wrong corrected. A
 * property that the document does not name is refused.
 *
 * @param at where the schema stands, `profile.name`, `services[].sid`; empty at the root
 */
function strict(document: OpenApiDocument, given: Schema, at: string, corrections: Corrections): object {
  const schema = resolveSchema(document, given);
  if (corrections.hasOtherForm(at)) return {};
  const { type, format, pattern, enum: values, items, properties } = schema;
  const isNullable = given.nullable === true || schema.nullable === true || corrections.isNullable(at);
  const below = (name: string) => (at === "" ? name : `${at}.${name}`);
  const named = Object.entries(properties ?? {});
  return {
    ...(type === undefined ? {} : { type: isNullable ? [type, "null"] : type }),
    ...(format === undefined ? {} : { format }),
    ...(pattern === undefined ? {} : { pattern: corrections.mayBeEmpty(at) ? `^$|${pattern}` : pattern }),
    ...(values === undefined ? {} : { enum: isNullable ? [...values, null] : values }),
    ...(items === undefined ? {} : { items: strict(document, items, `${at}[]`, corrections) }),
    ...(named.length === 0
      ? {}
      : {
          properties: Object.fromEntries([
            ...named.map(([name, property]): [string, object] => [
              name,
              strict(document, property, below(name), corrections),
            ]),
            ...corrections.unnamedAt(at).map((name): [string, object] => [name, {}]),
          ]),
          additionalProperties: schema["additionalProperties"] ?? false,
        }),
  };
}
