/** Typed Flows from their files, and as the JSON that Studio's editor takes. */
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { withLayout } from "../draw/offsets.ts";
import { isObject } from "../json.ts";
import type { FlowDefinition, JsonValue } from "../types.ts";
import { TypedFlowError } from "./typed-flow-error.ts";

/**
 * Reads a typed Flow: the default export of a `.ts` file, which is run. Widgets without a place on the canvas get one; those
 * that have one keep it.
 *
 * @param file a path
 * @throws TypedFlowError when there is no such file, it does not load, or its default export is no Flow
 */
export async function readTypedFlow(file: string): Promise<FlowDefinition> {
  if (!existsSync(file)) throw new TypedFlowError("no-file", { file });
  // A file that was edited since is read again.
  const address = `${pathToFileURL(resolve(file)).href}?changed=${statSync(file).mtimeMs}`;
  const module = await import(/* @vite-ignore */ address).then(
    (loaded: unknown) => loaded as { readonly default?: JsonValue },
    (error: unknown) => {
      const problem = error instanceof Error ? error.message : String(error);
      throw new TypedFlowError("does-not-load", { file, problem }, { cause: error });
    },
  );
  const flow = module.default;
  if (!isObject(flow) || !Array.isArray(flow.states)) throw new TypedFlowError("no-flow", { file });
  return withLayout(flow as unknown as FlowDefinition);
}

/** A definition as JSON for Studio's editor: two spaces, every widget with a place on the canvas. */
export function toStudioJson(definition: FlowDefinition): string {
  return `${JSON.stringify(withLayout(definition), null, 2)}\n`;
}
