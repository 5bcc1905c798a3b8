/** Flows of the shapes that people draw, for tests: widgets, splits and Liquid as in real ones, with words of no meaning. */
import { readdirSync, readFileSync } from "node:fs";
import type { FlowDefinition } from "../types.ts";

const folder = new URL("flows/", import.meta.url);

/** Their names, such as `call-menu`. */
export const drawnFlows: readonly string[] = readdirSync(folder).map((file) => file.replace(/\.json$/, ""));

/** One of them, read anew, so that a test may change it. */
export function drawnFlow(name: string): FlowDefinition {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as FlowDefinition;
}
