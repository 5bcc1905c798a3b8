/** Twilio's REST API as data. Rows are read from disk the first time a product is asked for. */
import { readFileSync } from "node:fs";
import type { Product, Resource } from "./types.ts";

export type * from "./types.ts";
export { isResource, whyNot } from "./coverage.ts";
export { matchRoute, type Route } from "./routes.ts";

interface IndexRow {
  readonly product: string;
  readonly hosts: readonly string[];
}

const index = JSON.parse(readFileSync(new URL("rows/index.gen.json", import.meta.url), "utf8")) as IndexRow[];
const loaded = new Map<string, Product>();

/** Names of the products there are rows of. */
export const productNames: readonly string[] = index.map(({ product }) => product);

/** The product that is called at a host; undefined when none is. */
export function productAt(host: string): string | undefined {
  return index.find(({ hosts }) => hosts.includes(host))?.product;
}

/**
 * The rows of one product.
 *
 * @throws Error when there is no such product
 */
export function product(name: string): Product {
  let rows = loaded.get(name);
  if (rows === undefined) {
    if (!productNames.includes(name)) {
      throw new Error(`no rows of ${name}; there are ${productNames.join(", ")}`);
    }
    const text = readFileSync(new URL(`rows/${name}.gen.json`, import.meta.url), "utf8");
    rows = JSON.parse(text) as Product;
    loaded.set(name, rows);
  }
  return rows;
}

/** The rows of all products. */
export function products(): Product[] {
  return productNames.map(product);
}

/** Every resource, in the order of the products. */
export function allResources(): Resource[] {
  return products().flatMap(({ resources }) => [...resources]);
}

/** The row of a token, `twilio:serverless:Function`; undefined when there is none. */
export function resource(token: string): Resource | undefined {
  const [, name = ""] = token.split(":");
  if (!productNames.includes(name)) return undefined;
  return product(name).resources.find((row) => row.token === token);
}

/** What a SID of a prefix looks like. */
export function sidPattern(prefix: string): RegExp {
  return new RegExp(`^${prefix}[0-9a-fA-F]{32}$`);
}
