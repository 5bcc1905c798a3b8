/** Finds the operation that a request means. */
import { allResources } from "./index.ts";
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
}

let index: Map<string, Entry[]> | undefined;

/**
 * The operation of a request, `"methodNotAllowed"` when the path takes other methods only, or null when Twilio has
 * no such path. A literal segment wins over a parameter (`/v2/Flows/Validate`).
 *
 * @param host `serverless.twilio.com`
 * @param path as in the URL, without its query
 */
export function matchRoute(host: string, method: string, path: string): Route | "methodNotAllowed" | null {
  index ??= buildIndex();
  const given = path.split("/").slice(1);
  const candidates = index.get(`${host} ${given.length}`) ?? [];
  const matching = candidates.flatMap((entry) => {
    const parameters = parametersOf(entry, given);
    return parameters === null ? [] : [{ entry, parameters }];
  });
  const [first] = matching;
  if (first === undefined) return null;
  // Entries stand with the most literal segments first: what the first one matches is the path that is meant.
  const meant = matching.filter(({ entry }) => literals(entry) === literals(first.entry));
  const found = meant.find(({ entry }) => entry.method === method);
  if (found === undefined) return "methodNotAllowed";
  const { resource, operation } = found.entry;
  return { resource, operation, parameters: found.parameters };
}

function buildIndex(): Map<string, Entry[]> {
  const entries = allResources().flatMap((resource) =>
    Object.entries(resource.operations).map(([operation, { host = resource.host, method, path }]) => ({
      host,
      method,
      resource,
      operation: operation as OperationName,
      segments: path.split("/").slice(1).map(segmentOf),
    })),
  );
  const groups = Map.groupBy(entries, ({ host, segments }) => `${host} ${segments.length}`);
  for (const group of groups.values()) group.sort((one, other) => literals(other) - literals(one));
  return groups;
}

function segmentOf(text: string): Entry["segments"][number] {
  const [, name, suffix] = /^\{(\w+)\}(.*)$/.exec(text) ?? [];
  return name === undefined ? text : { name, suffix: suffix ?? "" };
}

function literals({ segments }: Pick<Entry, "segments">): number {
  return segments.filter((segment) => typeof segment === "string").length;
}

function parametersOf({ segments }: Entry, given: readonly string[]): Record<string, string> | null {
  const parameters: Record<string, string> = {};
  for (const [at, segment] of segments.entries()) {
    const text = given[at] ?? "";
    if (typeof segment === "string") {
      if (segment !== text) return null;
    } else {
      if (!text.endsWith(segment.suffix) || text.length === segment.suffix.length) return null;
      parameters[segment.name] = decoded(text.slice(0, text.length - segment.suffix.length));
    }
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
