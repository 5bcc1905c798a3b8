/** Makes the rows of one document: its operations gathered by the resource they are about. */
import { overlay, overlayRowsOf, setInputs, type OverlayRow } from "../overlay.ts";
import type { ScopeRow } from "../scope.ts";
import type { Input, Operation, OperationName, Property, Resource } from "../types.ts";
import {
  anyOf,
  methods,
  parametersOf,
  resolveSchema,
  type DocumentOperation,
  type OpenApiDocument,
  type Schema,
} from "./document.ts";
import { merged, operationRow, type Found } from "./operation-row.ts";
import { refuseUnusedNames } from "./unused-rows.ts";
import { refuseUnknownKeywords, valueType } from "./value-type.ts";

/** The rows of a document that the scope lets in, and the names of those it leaves out. */
export interface DocumentRows {
  readonly resources: readonly Resource[];
  readonly leftOut: readonly string[];
}

/** All rows of a document that the scope lets in. */
export function documentRows(scope: ScopeRow, document: OpenApiDocument): DocumentRows {
  const found = operationsOf(document).map((each) => ({
    ...each,
    name: scope.sameAs?.[each.name] ?? each.name,
  }));
  const groups = Map.groupBy(found, ({ name }) => name);
  const isIn = (name: string) => scope.only === undefined || scope.only.names.includes(name);
  const resources = [...groups]
    .filter(([name]) => isIn(name))
    .map(([name, operations]) =>
      withNamedParameters(
        resourceRow(scope, document, name, operations),
        overlayRowsOf(`twilio:${scope.product}:${name}`),
      ),
    );
  refuseUnusedNames(scope, [...groups.keys()], resources);
  return { resources, leftOut: [...groups.keys()].filter((name) => !isIn(name)).sort() };
}

/** The row with other names for the parameters of its paths, where the overlay has some. */
function withNamedParameters(row: Resource, corrections: readonly OverlayRow[]): Resource {
  const names = corrections.flatMap(({ pathParameters }) => Object.entries(pathParameters ?? {}));
  if (names.length === 0) return row;
  const renamed = (name: string) => new Map(names).get(name) ?? name;
  const path = <Path extends string | null>(template: Path) =>
    (template?.replace(/\{(\w+)\}/g, (_, name: string) => `{${renamed(name)}}`) ?? null) as Path;
  return {
    ...row,
    collectionPath: path(row.collectionPath),
    instancePath: path(row.instancePath),
    parents: row.parents.map((parent) => ({ ...parent, name: renamed(parent.name) })),
    operations: Object.fromEntries(
      Object.entries(row.operations).map(([name, operation]) => [
        name,
        { ...operation, path: path(operation.path) },
      ]),
    ),
  };
}

function operationsOf(document: OpenApiDocument): (Found & { name: string })[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      const [, word, name] =
        /^(Create|Fetch|Update|Patch|Delete|List)(.+)$/.exec(operation.operationId) ?? [];
      if (word === undefined || name === undefined) {
        throw new Error(`${operation.operationId}: no verb that we know`);
      }
      const verb = (word === "Patch" ? "update" : word.toLowerCase()) as OperationName;
      return [{ verb, name, method, path, item, operation }];
    }),
  );
}

/** Of two ways to change a thing, one that says what changes and one that says the whole, the first is taken. */
function withoutWhole(found: readonly Found[]): readonly Found[] {
  const isPatched = found.some(({ verb, method }) => verb === "update" && method === "patch");
  return isPatched ? found.filter(({ verb, method }) => verb !== "update" || method === "patch") : found;
}

function resourceRow(
  scope: ScopeRow,
  document: OpenApiDocument,
  documentName: string,
  all: readonly Found[],
): Resource {
  const found = withoutWhole(all);
  const corrections = overlay.filter(({ token }) => token === `twilio:${scope.product}:${documentName}`);
  const name = corrections.find(({ rename }) => rename !== undefined)?.rename ?? documentName;
  const at = (...verbs: OperationName[]) => found.find(({ verb }) => verbs.includes(verb));
  const collection = at("create", "list");
  const instance = at("fetch", "update", "delete");
  const any = collection ?? instance;
  if (any === undefined) throw new Error(`${name} has no operation`);
  const twice = found.find((one) => found.some((other) => other !== one && other.verb === one.verb));
  if (twice !== undefined) {
    throw new Error(`${documentName} has two ways to ${twice.verb}; say in scope.ts what each is called`);
  }

  const operations: Partial<Record<OperationName, Operation>> = {
    ...Object.fromEntries(found.map((each) => [each.verb, operationRow(document, name, each, corrections)])),
    ...merged(corrections, "operations"),
  };
  const shown = propertiesOf(
    document,
    name,
    at("fetch") ?? at("update") ?? at("create"),
    at("list"),
    corrections,
  );
  const later = corrections.find((row) => row.later !== undefined)?.later;
  // What only the answer to a create shows: the secret of a key.
  const once =
    later === undefined
      ? propertiesOf(document, name, at("create"), undefined, corrections).filter((property) =>
          shown.every((other) => other.name !== property.name),
        )
      : [];
  const properties = [...shown, ...once.map((property) => ({ ...property, nullable: true }))];
  addTaken(operations, properties, corrections);
  if (found.length < all.length && operations.update !== undefined) {
    operations.update = { ...operations.update, takesWhole: true };
  }
  const isPlaced = corrections.some(({ placed }) => placed);
  if (isPlaced && operations.update === undefined && operations.create !== undefined) {
    operations.update = operations.create;
    delete operations.create;
  }
  const ownParameter =
    instance === undefined ? null : (/\{(\w+)\}(?:\.json)?$/.exec(instance.path)?.[1] ?? null);
  // What is created under an id that its creator names (a Service attached to a Domain) is one thing at a known
  // place, as a singleton is: every parameter of its path is a parent.
  const isNamed = ownParameter !== null && (isPlaced || at("create")?.path === instance?.path);
  const idParameter = isNamed ? null : ownParameter;
  return {
    token: `twilio:${scope.product}:${name}`,
    product: scope.product,
    version: scope.version,
    host: hostOf(document, name, any),
    name,
    collectionPath: collection?.path ?? null,
    instancePath: instance?.path ?? null,
    parents: parentsOf(document, isPlaced && instance !== undefined ? instance : any, idParameter),
    idParameter,
    idProperty:
      corrections.find((row) => row.idProperty !== undefined)?.idProperty ??
      idPropertyOf(idParameter, properties),
    sidPrefix:
      corrections.find(({ sidPrefix }) => sidPrefix !== undefined)?.sidPrefix ?? sidPrefixOf(properties),
    operations,
    list: listOf(document, at("list")),
    properties,
    ...linksOf(properties, at("fetch") ?? any),
    inputs: inputsOf(operations, properties, corrections),
    ...(later === undefined ? {} : { later }),
    ...idPrefixOf(corrections),
    secretProperties: [
      ...corrections.flatMap((row) => row.secretProperties ?? []),
      ...once.map((property) => property.name).filter((property) => property !== "sid"),
    ],
    ...(once.length === 0 ? {} : { shownOnce: once.map((property) => property.name) }),
    ...(later === undefined ? showsOf(document, name, found, shown, corrections) : {}),
  };
}

/** Adds to an update what the overlay says that it takes, typed as the response shows it. */
function addTaken(
  operations: Partial<Record<OperationName, Operation>>,
  properties: readonly Property[],
  corrections: readonly OverlayRow[],
): void {
  const taken = corrections.flatMap((row) => row.updateTakes ?? []);
  const { update } = operations;
  if (taken.length === 0 || update === undefined) return;
  const form = properties
    .filter(({ name }) => taken.includes(name))
    .map(({ name, type }) => ({ name, type, required: false }));
  operations.update = { ...update, form: [...update.form, ...form] };
}

/** A path's own server, or the document's. */
function hostOf(document: OpenApiDocument, name: string, { item, path }: Found): string {
  const url = (item.servers ?? document.servers)?.[0]?.url;
  if (url === undefined) throw new Error(`${name}: neither ${path} nor the document names a server`);
  return new URL(url).host;
}

function successSchema(document: OpenApiDocument, operation: DocumentOperation): Schema | undefined {
  const [, response] = Object.entries(operation.responses).find(([status]) => status.startsWith("2")) ?? [];
  const given = response?.content?.["application/json"]?.schema;
  if (given === undefined) return undefined;
  const schema = anyOf(document, resolveSchema(document, given));
  refuseUnknownKeywords(schema, `${operation.operationId} response`);
  return schema;
}

function propertiesOf(
  document: OpenApiDocument,
  name: string,
  one: Found | undefined,
  list: Found | undefined,
  corrections: readonly OverlayRow[],
): Property[] {
  const schema = (one && successSchema(document, one.operation)) ?? listItem(document, list)?.schema;
  const nullable = corrections.flatMap((row) => row.nullable ?? []);
  const named = Object.entries(schema?.properties ?? {}).map(([key, property]) => ({
    name: key,
    type: valueType(document, property, `${name}.${key}`),
    nullable: (property.nullable ?? false) || nullable.includes(key),
  }));
  const unnamed = corrections
    .flatMap((row) => row.unnamed ?? [])
    .filter((key) => !key.includes(".") && named.length > 0)
    .map((key) => ({ name: key, type: { kind: "json" } as const, nullable: true }));
  return [...named, ...unnamed];
}

/** What operations show that show less than a fetch does. */
function showsOf(
  document: OpenApiDocument,
  name: string,
  found: readonly Found[],
  shown: readonly Property[],
  corrections: readonly OverlayRow[],
): Pick<Resource, "shows"> {
  const less = found.flatMap((each) => {
    const [one, list] = each.verb === "list" ? [undefined, each] : [each, undefined];
    const names = propertiesOf(document, name, one, list, corrections).map((property) => property.name);
    const isLess = names.length > 0 && shown.some((property) => !names.includes(property.name));
    return isLess ? [[each.verb, names] as const] : [];
  });
  return less.length === 0 ? {} : { shows: Object.fromEntries(less) };
}

/** The array in a list response that holds the resources. */
function listItem(
  document: OpenApiDocument,
  list: Found | undefined,
): { key: string; schema: Schema } | undefined {
  const page = list && successSchema(document, list.operation);
  for (const [key, property] of Object.entries(page?.properties ?? {})) {
    if (property.type !== "array") continue;
    const schema = anyOf(document, resolveSchema(document, property.items ?? {}));
    refuseUnknownKeywords(schema, `${list?.operation.operationId ?? key} item`);
    return { key, schema };
  }
  return undefined;
}

function listOf(document: OpenApiDocument, list: Found | undefined): Resource["list"] {
  const item = listItem(document, list);
  if (list === undefined || item === undefined) return null;
  const maxPageSize =
    parametersOf(document, list.item, list.operation).find(({ name }) => /^pageSize$/i.test(name))?.schema
      .maximum ?? 1000;
  const takes = (parameter: string) =>
    parametersOf(document, list.item, list.operation).some((one) => one.name === parameter);
  return {
    key: item.key,
    pageSize: Math.min(50, maxPageSize),
    maxPageSize,
    ...(item.schema.type === "string" ? { names: true as const } : {}),
    ...(takes("pageToken") ? { tokens: true as const } : {}),
  };
}

function parentsOf(
  document: OpenApiDocument,
  { path, item, operation }: Found,
  idParameter: string | null,
): Resource["parents"] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const own = path.endsWith(`{${idParameter}}`) || path.endsWith(`{${idParameter}}.json`);
  return (own ? names.slice(0, -1) : names).map((name) => {
    const schema = parametersOf(document, item, operation).find(
      (parameter) => parameter.in === "path" && parameter.name === name,
    )?.schema;
    const sid = /^\^\(?([A-Z]{2})\)?\[/.exec(schema?.pattern ?? "")?.[1] ?? null;
    return { name, sid };
  });
}

/**
 * The property that shows what a path calls its resource: the one of the parameter's name. A resource may have a SID
 * and be found by something else (an Entity by its identity); the documents' examples say so in their URLs.
 */
function idPropertyOf(idParameter: string | null, properties: readonly Property[]): string | null {
  if (idParameter === null) return null;
  const own = snakeCase(idParameter);
  const names = [own, "sid", "id"];
  return names.find((name) => properties.some((property) => property.name === name)) ?? own;
}

function idPrefixOf(corrections: readonly OverlayRow[]): Pick<Resource, "idPrefix"> {
  const idPrefix = corrections.find((row) => row.idPrefix !== undefined)?.idPrefix;
  return idPrefix === undefined ? {} : { idPrefix };
}

function sidPrefixOf(properties: readonly Property[]): string | null {
  const type = properties.find(({ name }) => name === "sid")?.type;
  if (type?.kind !== "string") return null;
  // Of several prefixes the first is the plain one: a Message is SM, and MM only with media.
  return type.sid ?? /^\^\(([A-Z]{2})\|/.exec(type.pattern ?? "")?.[1] ?? null;
}

function linksOf(properties: readonly Property[], { item }: Found): Pick<Resource, "links"> {
  const links = Object.entries(item["x-twilio"]?.dependentProperties ?? {});
  if (links.length === 0 || !properties.some(({ name }) => name === "links" || name === "subresource_uris")) {
    return {};
  }
  return { links: Object.fromEntries(links.map(([key, { resource_url: path }]) => [key, path])) };
}

function inputsOf(
  operations: Resource["operations"],
  properties: readonly Property[],
  corrections: readonly OverlayRow[],
): Input[] {
  const { create, update } = operations;
  const shownAs = merged(corrections, "shownAs");
  const secrets = new Set(corrections.flatMap((row) => row.secretInputs ?? []));
  const parameters = new Map(
    [...(update?.form ?? []), ...(create?.form ?? [])].map((parameter) => [parameter.name, parameter]),
  );
  const createOnly = new Set(corrections.flatMap((row) => row.createOnly ?? []));
  const mergedInputs = new Set(corrections.flatMap((row) => row.mergedInputs ?? []));
  const forgotten = new Set(corrections.flatMap((row) => row.forgottenInputs ?? []));
  const filledIn = new Set(corrections.flatMap((row) => row.filledIn ?? []));
  return [...parameters.values()].map(({ name, type }) => ({
    name,
    type,
    required:
      (create ?? update)?.form.some((parameter) => parameter.name === name && parameter.required) ?? false,
    onCreate: create?.form.some((parameter) => parameter.name === name) ?? false,
    onUpdate: !createOnly.has(name) && (update?.form.some((parameter) => parameter.name === name) ?? false),
    property: shownAs[name] === undefined ? propertyOf(name, properties) : shownAs[name],
    secret: secrets.has(name),
    ...(type.kind === "array" && setInputs.includes(name) ? { unordered: true as const } : {}),
    ...(mergedInputs.has(name) ? { merged: true as const } : {}),
    ...(forgotten.has(name) ? { forgotten: true as const } : {}),
    ...(filledIn.has(name) ? { filledIn: true as const } : {}),
  }));
}

/** Where a response shows a parameter: `AutoCreation.StudioFlowSid` as `auto_creation.studio_flow_sid`. */
function propertyOf(parameter: string, properties: readonly Property[]): string | null {
  if (properties.some(({ name }) => name === parameter)) return parameter;
  const [root = "", ...rest] = parameter.split(".").map(snakeCase);
  const property = properties.find(({ name }) => name === root);
  if (property === undefined) return null;
  if (rest.length > 0 && property.type.kind !== "json" && property.type.kind !== "object") return null;
  return [root, ...rest].join(".");
}

function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}
