/** Makes the row of one operation: how it is called, and what it takes. */
import type { OverlayRow } from "../overlay.ts";
import type { Operation, OperationName, Parameter, ValueType } from "../types.ts";
import type { methods } from "./document.ts";
import {
  parametersOf,
  resolveSchema,
  type DocumentOperation,
  type DocumentParameter,
  type OpenApiDocument,
  type PathItem,
} from "./document.ts";
import { refuseUnknownKeywords, valueType } from "./value-type.ts";

/** An operation where the document has it. */
export interface Found {
  readonly verb: OperationName;
  readonly method: (typeof methods)[number];
  readonly path: string;
  readonly item: PathItem;
  readonly operation: DocumentOperation;
}

/** Path parameters that every list takes; how lists page is said once, in `list`. */
const paging = new Set(["PageSize", "Page", "PageToken", "pageSize", "pageToken"]);

/** The operation as a row. */
export function operationRow(
  document: OpenApiDocument,
  name: string,
  { method, path, item, operation }: Found,
  corrections: readonly OverlayRow[],
): Operation {
  const place = `${operation.operationId} (${name})`;
  const parameters = (kind: DocumentParameter["in"]): Parameter[] =>
    parametersOf(document, item, operation)
      .filter((parameter) => parameter.in === kind && !paging.has(parameter.name))
      .map((parameter) => ({
        name: parameter.name,
        type: valueType(document, parameter.schema, `${place} ${parameter.name}`),
        required: parameter.required ?? false,
      }));
  return {
    method: method.toUpperCase() as Operation["method"],
    path,
    status: Number(Object.keys(operation.responses).find((status) => status.startsWith("2")) ?? 200),
    form: formOf(document, place, operation, corrections),
    ...(isJson(operation) ? { body: "json" as const } : {}),
    query: parameters("query"),
    headers: parameters("header"),
  };
}

function isJson({ requestBody }: DocumentOperation): boolean {
  return Object.keys(requestBody?.content ?? {})[0] === "application/json";
}

function formOf(
  document: OpenApiDocument,
  place: string,
  operation: DocumentOperation,
  corrections: readonly OverlayRow[],
): Parameter[] {
  const [media] = Object.values(operation.requestBody?.content ?? {});
  if (media?.schema === undefined) return [];
  const schema = resolveSchema(document, media.schema);
  refuseUnknownKeywords(schema, `${place} request`);
  const types = merged(corrections, "types");
  const open = corrections.flatMap((row) => row.openWords ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    type: opened(types[name] ?? valueType(document, property, `${place} ${name}`), open.includes(name)),
    required: schema.required?.includes(name) ?? false,
  }));
}

function opened(type: ValueType, isOpen: boolean): ValueType {
  if (type.kind === "array") return { ...type, items: opened(type.items, isOpen) };
  return isOpen && type.kind === "string" ? { ...type, open: true } : type;
}

/** What several corrections of one resource say under one key, together. */
export function merged<Key extends "types" | "shownAs" | "operations">(
  corrections: readonly OverlayRow[],
  key: Key,
): NonNullable<OverlayRow[Key]> {
  const entries = corrections.flatMap((row) => Object.entries(row[key] ?? {}));
  return Object.fromEntries(entries);
}
