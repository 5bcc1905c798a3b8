/** Finds the operation that a request means. */
import { product, productAt } from "./index.ts";
import type { OperationName, Resource } from "./types.ts";

/** What a request means: the resource, what is to be done with it, and its path parameters by wire name. */
export interface Route {
  readonly resource: Resource;
  readonly operation: OperationName;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Entry {
  readonly method: string;
  readonly resource: Resource;
  readonly operation: OperationName;
  /** A literal, or the name of the parameter that stands there with what follows it (`.json`). */
  readonly segments: readonly (string | { readonly name: string; readonly suffix: string })[];
  readonly literals: number;
}

/** By host; a product's rows are read when its host is first called. */
const indexes = new Map<string, Map<number, Entry[]>>();

/**
 * The operation of a request, `"methodNotAllowed"` when the path takes other methods only, or null when Twilio has
 * no such path. A literal segment wins over a parameter (`/v2/Flows/Validate`).
 *
 * @param host `serverless.twilio.com`
 * @param path as in the URL, without its query
 */
export function matchRoute(host: string, method: string, path: string): Route | "methodNotAllowed" | null {
  let index = indexes.get(host);
  if (index === undefined) {
    index = buildIndex(host);
    indexes.set(host, index);
  }
  const given = path.split("/").slice(1);
  // Entries stand with the most literal segments first: what the first one matches is the path that is meant.
  let literals: number | undefined;
  for (const entry of index.get(given.length) ?? []) {
    if (literals !== undefined && entry.literals < literals) break;
    if (!fits(entry, given)) continue;
    literals = entry.literals;
    if (entry.method !== method) continue;
    return {
      resource: entry.resource,
      operation: entry.operation,
      parameters: parametersOf(entry, given),
    };
  }
  return literals === undefined ? null : "methodNotAllowed";
}

function buildIndex(host: string): Map<number, Entry[]> {
  const name = productAt(host);
  const entries = (name === undefined ? [] : product(name).resources).flatMap((resource) =>
    Object.entries(resource.operations)
      .filter(([, operation]) => (operation.host ?? resource.host) === host)
      .flatMap(([operation, { method, path, takesWhole }]) => {
        const segments = path.split("/").slice(1).map(segmentOf);
        const taken = takesWhole ? [method, "PUT"] : [method];
        return taken.map((method) => ({
          method,
          resource,
          operation: operation as OperationName,
          segments,
          literals: segments.filter((segment) => typeof segment === "string").length,
        }));
      }),
  );
  const groups = Map.groupBy(entries, ({ segments }) => segments.length);
  for (const group of groups.values()) group.sort((one, other) => other.literals - one.literals);
  return groups;
}

function segmentOf(text: string): Entry["segments"][number] {
  const [, name, suffix] = /^\{(\w+)\}(.*)$/.exec(text) ?? [];
  return name === undefined ? text : { name, suffix: suffix ?? "" };
}

function fits({ segments }: Entry, given: readonly string[]): boolean {
  return segments.every((segment, at) => {
    const text = given[at] ?? "";
    if (typeof segment === "string") return segment === text;
    return text.length > segment.suffix.length && text.endsWith(segment.suffix);
  });
}

function parametersOf({ segments }: Entry, given: readonly string[]): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [at, segment] of segments.entries()) {
    if (typeof segment === "string") continue;
    const text = given[at] ?? "";
    parameters[segment.name] = decoded(text.slice(0, text.length - segment.suffix.length));
  }
  return parameters;
}

/** A segment with its percent signs read; one that is malformed stays as it is and names nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
