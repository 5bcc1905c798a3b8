/** Makes the rows of a product of all its documents, and what holds between its rows. */
import type { ScopeRow } from "../scope.ts";
import type { Product, Resource } from "../types.ts";
import { readDocument } from "./document.ts";
import { documentRows } from "./resource-row.ts";

/** A product's rows, and what of its documents is left out, by the reason. */
export interface ProductRows {
  readonly product: Product;
  readonly leftOut: readonly { readonly names: readonly string[]; readonly reason: string }[];
}

/**
 * The rows of every product of a scope.
 *
 * @throws Error when two documents of a product name a resource alike, or two products share a host
 */
export function productRows(scope: readonly ScopeRow[]): ProductRows[] {
  const products = [...Map.groupBy(scope, ({ product }) => product)].map(([product, rows]) => {
    const documents = rows.map((row) => ({ row, ...documentRows(row, readDocument(row.document)) }));
    const resources = documents.flatMap((document) => document.resources);
    resources.sort((one, other) => (one.token < other.token ? -1 : 1));
    refuseTwins(resources);
    return {
      product: { product, resources: resources.map((row) => withParentSids(row, resources)) },
      leftOut: documents
        .filter(({ leftOut }) => leftOut.length > 0)
        .map(({ row, leftOut }) => ({ names: leftOut, reason: row.only?.reason ?? "" })),
    };
  });
  refuseSharedHosts(products.map(({ product }) => product));
  return products;
}

function refuseTwins(resources: readonly Resource[]): void {
  const twin = resources.find((row, at) => resources[at + 1]?.token === row.token);
  if (twin !== undefined) {
    throw new Error(`two documents of ${twin.product} have a ${twin.name}; leave one out in scope.ts`);
  }
}

/** Which product a request means is known by its host alone, so that no other's rows are read. */
function refuseSharedHosts(products: readonly Product[]): void {
  const owners = new Map<string, string>();
  for (const product of products) {
    for (const host of hostsOf(product)) {
      const owner = owners.get(host) ?? product.product;
      if (owner !== product.product) throw new Error(`${owner} and ${product.product} are both at ${host}`);
      owners.set(host, owner);
    }
  }
}

/** Every host that a product is called at. */
export function hostsOf({ resources }: Product): string[] {
  const hosts = resources.flatMap(({ host, operations }) => [
    host,
    ...Object.values(operations).flatMap((operation) => operation.host ?? []),
  ]);
  return [...new Set(hosts)].sort();
}

/**
 * The SID prefix of each parent, `ZS` for `ServiceSid` below `/v1/Services/{ServiceSid}`: the documents say it at the
 * parent's own path and not always at its children's.
 */
function withParentSids(row: Resource, resources: readonly Resource[]): Resource {
  const path = row.collectionPath ?? row.instancePath ?? "";
  const parents = row.parents.map((parent) => {
    if (parent.sid !== null) return parent;
    const own = shapeless(path.slice(0, path.indexOf(`{${parent.name}}`) + parent.name.length + 2));
    const found = resources.find(
      ({ instancePath, host, idParameter }) =>
        host === row.host && idParameter !== null && instancePath !== null && shapeless(instancePath) === own,
    );
    return { ...parent, sid: found?.idProperty === "sid" ? found.sidPrefix : null };
  });
  return { ...row, parents };
}

/** A path without the names of its parameters. */
function shapeless(path: string): string {
  return path.replace(/\{\w+\}/g, "{}").replace(/\.json$/, "");
}
