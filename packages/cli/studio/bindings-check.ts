/** Whether the bindings beside a template are complete: each names a place that is there, and every placeholder is filled. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { bind, StudioError, type Bindings, type FlowDefinition } from "@support-line/studio";

export interface BindingsProblem {
  readonly code: "no-such-place" | "unfilled-place" | "bindings-not-tried";
  readonly message: string;
  readonly wayOut: string;
}

/** The bindings' file beside a template's; undefined when there is none. */
export function bindingsFileOf(path: string): string | undefined {
  const file = path.replace(/\.(json|ts)$/, ".bindings.ts");
  return existsSync(file) ? file : undefined;
}

/** Loads the bindings and binds with a value for everything; null when all is well. */
export async function bindingsProblem(
  file: string,
  definition: FlowDefinition,
): Promise<BindingsProblem | null> {
  try {
    const module = (await import(pathToFileURL(resolve(file)).href)) as { default?: Bindings<unknown> };
    if (module.default === undefined) throw new Error("it has no default export");
    bind(definition, module.default, anything());
    return null;
  } catch (error) {
    const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    if (error instanceof StudioError && error.code === "no-such-place") {
      return { code: error.code, message, wayOut: `correct the name in ${file}` };
    }
    if (error instanceof StudioError && error.code === "unfilled-place") {
      return { code: error.code, message, wayOut: `add the place to ${file}` };
    }
    return {
      code: "bindings-not-tried",
      message: `${file} cannot be tried without a stage: ${message}`,
      wayOut: "have its fillers take what a stage has, and nothing else",
    };
  }
}

/** Stands for the values of any stage: whatever is asked of it is there. */
function anything(): unknown {
  const value = (): unknown => anything();
  return new Proxy(value, {
    get: (_, key) => {
      if (key === Symbol.toPrimitive) return () => "bound";
      if (key === Symbol.iterator) return [][Symbol.iterator].bind([]);
      return key === "then" ? undefined : anything();
    },
    apply: () => anything(),
    has: () => true,
  });
}
