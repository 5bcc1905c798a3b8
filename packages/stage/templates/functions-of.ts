import type { FlowDefinition } from "@support-line/studio";

/** Types of widget that call a Function by its URL. */
const callers = new Set(["run-function", "run-function-v2"]);

/**
 * Names of the Functions that a Flow runs: the paths of their URLs (`https://…/find-agent` is `find-agent`), whatever
 * the host. A stage deploys these and no others.
 */
export function functionsOf({ states }: FlowDefinition): Set<string> {
  const urls = states.flatMap(({ type, properties }) =>
    callers.has(type) && typeof properties?.url === "string" ? [properties.url] : [],
  );
  return new Set(urls.flatMap((url) => /^https?:\/\/[^/]+\/([^?#]+)/.exec(url)?.[1] ?? []));
}
