/** Finds a template and its bindings by name: `support` is `support.json` with `support.bindings.ts` beside it. */
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
const isTemplate = /\.json$/;

/**
 * Reads a template and its bindings. One without a bindings file is deployed as it stands.
 *
 * @throws TemplateError when there is no template of that name, or it is no JSON; the message says which there are
 */
export async function loadTemplate(name: string): Promise<Template> {
  const file = new URL(`${name}.json`, folder);
  if (!existsSync(file)) {
    const names = readdirSync(fileURLToPath(folder)).filter((each) => isTemplate.test(each));
    throw new TemplateError(
      `flow-templates has no ${name}.json; it has ${names.join(", ")}. Name one of these as the line's flow, or export it there from Studio's editor`,
    );
  }
  return { template: parse(name, readFileSync(file, "utf8")), bindings: await bindingsOf(name) };
}

async function bindingsOf(name: string): Promise<Bindings<LineValues>> {
  const file = new URL(`${name}.bindings.ts`, folder);
  if (!existsSync(file)) return {};
  return ((await import(file.href)) as { default: Bindings<LineValues> }).default;
}

function parse(name: string, text: string): FlowDefinition {
  try {
    return JSON.parse(text) as FlowDefinition;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new TemplateError(`flow-templates/${name}.json is no JSON: ${problem}`, { cause: error });
  }
}
