/**
 * Finds a template and its bindings by name: `support` is `support.json`, or `support.ts` when it is written as code, with
 * `support.bindings.ts` beside it.
 */
import type { Bindings, FlowDefinition } from "@support-line/studio";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { linesOf, type PathInFile } from "../lines-of-file.ts";
import { jsonFaultOf } from "./json-fault.ts";
import type { LineValues } from "./line-values.ts";

export interface Template {
  readonly template: FlowDefinition;
  readonly bindings: Bindings<LineValues>;
  /** For people: `flow-templates/support.json`. */
  readonly file: string;
  /** `flow-templates/support.bindings.ts`, whether it is there or not. */
  readonly bindingsFile: string;
  /** The line of a place in the file; absent for a template that is code. */
  readonly lineAt?: (path: PathInFile) => number | undefined;
}

/** A template that is not there, or cannot be read. */
export class TemplateError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "TemplateError";
  }
}

/**
 * Reads a template and its bindings. One without a bindings file is deployed as it stands. Widgets of a template written as
 * code that have no place on the canvas get one.
 *
 * @param folder that it is in, absolute
 * @throws TemplateError when there is no template of that name, or two, or it cannot be read; the message says which there
 *   are
 */
export async function loadTemplate(folder: string, name: string): Promise<Template> {
  const [json, typed] = [join(folder, `${name}.json`), join(folder, `${name}.ts`)];
  if (existsSync(json) && existsSync(typed)) {
    throw new TemplateError(
      `flow-templates has ${name}.json and ${name}.ts, and a template is one or the other; delete or rename one of them`,
    );
  }
  const bindingsFile = `${name}.bindings.ts`;
  const named = (file: string) => ({
    file: `flow-templates/${file}`,
    bindingsFile: `flow-templates/${bindingsFile}`,
  });
  const bindings = () => bindingsOf(join(folder, bindingsFile));
  if (existsSync(typed)) {
    return { template: await typedFlow(name, typed), bindings: await bindings(), ...named(`${name}.ts`) };
  }
  if (existsSync(json)) {
    const text = readFileSync(json, "utf8").replace(/^\uFEFF/, "");
    const template = parse(name, text);
    return { template, bindings: await bindings(), ...named(`${name}.json`), lineAt: linesOf(text) };
  }
  throw new TemplateError(
    `flow-templates has no ${name}.json or ${name}.ts; it has ${templatesIn(folder).join(", ") || "none"}. Name one of these as the line's flow, or export it there from Studio's editor`,
  );
}

/** The files of templates, `support.json`, …; other modules in the folder have no Flow as their default export. */
export function templatesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const isTyped = (file: string) =>
    /^[^.]+\.ts$/.test(file) && /^export default flow\(/m.test(readFileSync(join(folder, file), "utf8"));
  return readdirSync(folder).filter((file) => file.endsWith(".json") || isTyped(file));
}

async function bindingsOf(file: string): Promise<Bindings<LineValues>> {
  if (!existsSync(file)) return {};
  const module = await import(pathToFileURL(file).href).then(
    (loaded: unknown) => loaded as { readonly default?: unknown },
    (error: unknown) => {
      const wayOut = "fix it there, or delete the file where nothing is to be filled";
      throw new TemplateError(`${placeOf(file, error)} does not load: ${messageOf(error)}; ${wayOut}`, {
        cause: error,
      });
    },
  );
  if (typeof module.default !== "object" || module.default === null) {
    const example = "export default defineBindings<LineValues>()({})";
    throw new TemplateError(
      `${placeOf(file)} has no bindings as its default export; write it like ${example}, or delete the file`,
    );
  }
  return module.default as Bindings<LineValues>;
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";

/** A file of templates for people, with the line that an error's stack begins at. */
function placeOf(file: string, error?: unknown): string {
  const shown = `flow-templates/${basename(file)}`;
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const at = stack.indexOf(basename(file));
  const [, line] =
    at < 0 ? [] : (/^[^\n:]*?:(\d+)/.exec(stack.slice(at).replace(/^([^\n:?]*)\?[^:\n]*/, "$1")) ?? []);
  return line === undefined ? shown : `${shown}:${line}`;
}

async function typedFlow(name: string, file: string): Promise<FlowDefinition> {
  // A stage whose template is JSON has no use for what lays Flows out.
  const { readTypedFlow } = await import("@support-line/studio/typed");
  try {
    return await readTypedFlow(file);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new TemplateError(`flow-templates/${name}.ts is no template: ${problem}`, { cause: error });
  }
}

function parse(name: string, text: string): FlowDefinition {
  const mark = text.split("\n").findIndex((line) => line.startsWith("<<<<<<< "));
  if (mark !== -1) {
    throw new TemplateError(
      `flow-templates/${name}.json:${mark + 1} was merged as text, and both sides stand in it: npx studio merge --install, then git checkout --merge -- flow-templates/${name}.json merges it by widget`,
    );
  }
  try {
    return JSON.parse(text) as FlowDefinition;
  } catch (error) {
    const { line, column, problem } = jsonFaultOf(
      error instanceof Error ? error.message : String(error),
      text,
    );
    throw new TemplateError(
      `flow-templates/${name}.json:${line}:${column} is not JSON: ${problem}. Export the Flow again from Studio's editor, or fix it there.`,
      { cause: error },
    );
  }
}
