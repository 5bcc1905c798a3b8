/** A Flow of the person's own, read from its file. */
import { existsSync, readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { readDefinition, type State } from "@support-line/studio";
import { CreateError } from "./errors.ts";

export interface OwnFlow {
  /** Of its template: the file's, as a name. */
  readonly name: string;
  /** The file, as it is. */
  readonly text: string;
  /** What fills the places of its Functions, as a bindings file; null where it runs none. */
  readonly bindings: string | null;
}

/** @throws CreateError `no-such-flow`, `not-a-flow` */
export function readOwnFlow(path: string): OwnFlow {
  if (!existsSync(path)) throw new CreateError("no-such-flow", { path });
  const text = readFileSync(path, "utf8");
  const refused = (problem: string) => new CreateError("not-a-flow", { path, problem });
  let definition: unknown;
  try {
    definition = JSON.parse(text);
  } catch (error) {
    throw refused(`it is no JSON, ${error instanceof Error ? error.message : String(error)}`);
  }
  const { states } = readDefinition(definition);
  if (states.length === 0) throw refused("it has no widgets");
  if (!states.some(({ type }) => type === "trigger")) throw refused("it has no Trigger");
  const name = flowName(path);
  return { name, text, bindings: bindingsFile(name, states) };
}

/** A Run Function widget gets the line's own Function of the path that its URL has. */
function bindingsFile(name: string, states: readonly State[]): string | null {
  const rows = states.flatMap(({ name: widget, type, properties }) => {
    const url = type.startsWith("run-function") ? properties?.["url"] : undefined;
    const [, path] = /^https?:\/\/[^/]+\/([^?#]+)/.exec(typeof url === "string" ? url : "") ?? [];
    if (path === undefined) return [];
    const words = widget === path ? [widget] : [widget, path];
    return [`  ...runsFunction(${words.map((word) => JSON.stringify(word)).join(", ")}),`];
  });
  if (rows.length === 0) return null;
  return [
    `/** What differs from stage to stage in \`${name}.json\`: the Functions that its widgets run. */`,
    'import { defineBindings } from "@support-line/studio/bindings";',
    'import { runsFunction, type LineValues } from "@support-line/stage/templates";',
    "",
    "export default defineBindings<LineValues>()({",
    ...rows,
    "});",
    "",
  ].join("\n");
}

/** `My Flow (2).json` is `my-flow-2`. */
function flowName(path: string): string {
  const plain = basename(path, extname(path))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "")
    .slice(0, 30);
  return plain === "" ? "flow" : plain;
}
