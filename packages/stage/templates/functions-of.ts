import type { FlowDefinition } from "@support-line/studio";
import { pathOfUrl } from "./foreign.ts";

/** Types of widget that call a Function by its URL. */
export const callers: ReadonlySet<string> = new Set(["run-function", "run-function-v2"]);

/** The URLs by which a Flow's Run Function widgets call, in their order. */
export function functionUrlsOf({ states }: FlowDefinition): string[] {
  return states.flatMap(({ type, properties }) =>
    callers.has(type) && typeof properties?.url === "string" ? [properties.url] : [],
  );
}

/** Names of the Functions that a Flow runs: the paths of their URLs (`https://…/find-agent` is `find-agent`), whatever the host. */
export function functionsOf(definition: FlowDefinition): Set<string> {
  return new Set(functionUrlsOf(definition).flatMap((url) => pathOfUrl(url) ?? []));
}
