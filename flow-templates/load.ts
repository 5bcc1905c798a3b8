/**
 * Finds a template and its bindings by name: `support` is `support.json`, or `support.ts` when it is written as code, with
 * `support.bindings.ts` beside it.
 */
import type { Bindings, FlowDefinition } from "@support-line/studio";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { LineValues } from "./line-values.ts";

export interface Template {
  readonly template: FlowDefinition;
  readonly bindings: Bindings<LineValues>;
}

/** A template that is not there, or cannot be read. */
export class TemplateError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "TemplateError";
  }
}

const folder = new URL(".", import.meta.url);

/**
 * Reads a template and its bindings. One without a bindings file is deployed as it stands. Widgets of a template written as
 * code that have no place on the canvas get one.
 *
 * @param place the folder it is in, with a slash at the end; this one when absent
 * @throws TemplateError when there is no template of that name, or two, or it cannot be read; the message says which there
 *   are
 */
export async function loadTemplate(name: string, place: URL = folder): Promise<Template> {
  const [json, typed] = [new URL(`${name}.json`, place), new URL(`${name}.ts`, place)];
  if (existsSync(json) && existsSync(typed)) {
    throw new TemplateError(
      `flow-templates has ${name}.json and ${name}.ts, and a template is one or the other; delete or rename one of them`,
    );
  }
  const bindings = () => bindingsOf(new URL(`${name}.bindings.ts`, place));
  if (existsSync(typed)) return { template: await typedFlow(name, typed), bindings: await bindings() };
  if (existsSync(json)) {
    return { template: parse(name, readFileSync(json, "utf8")), bindings: await bindings() };
  }
  throw new TemplateError(
    `flow-templates has no ${name}.json or ${name}.ts; it has ${templatesIn(place).join(", ")}. Name one of these as the line's flow, or export it there from Studio's editor`,
  );
}

/** The files of templates, `support.json`, …; other modules in the folder have no Flow as their default export. */
export function templatesIn(place: URL = folder): string[] {
  const isTyped = (file: string) =>
    /^[^.]+\.ts$/.test(file) && /^export default flow\(/m.test(readFileSync(new URL(file, place), "utf8"));
  return readdirSync(fileURLToPath(place)).filter((file) => file.endsWith(".json") || isTyped(file));
}

async function bindingsOf(file: URL): Promise<Bindings<LineValues>> {
  if (!existsSync(file)) return {};
  return ((await import(file.href)) as { default: Bindings<LineValues> }).default;
}

async function typedFlow(name: string, file: URL): Promise<FlowDefinition> {
  // A stage whose template is JSON has no use for what lays Flows out.
  const { readTypedFlow } = await import("@support-line/studio/typed");
  try {
    return await readTypedFlow(fileURLToPath(file));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new TemplateError(`flow-templates/${name}.ts is no template: ${problem}`, { cause: error });
  }
}

function parse(name: string, text: string): FlowDefinition {
  try {
    return JSON.parse(text) as FlowDefinition;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new TemplateError(`flow-templates/${name}.json is no JSON: ${problem}`, { cause: error });
  }
}
