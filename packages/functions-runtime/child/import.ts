/** `import()` of a dependency: Node looks for ES modules beside the file that asks, and `NODE_PATH` is nothing to it. */
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Lets ES modules be imported from folders that hold a `node_modules`, as `require` finds them there. */
export function importFrom(folders: readonly string[]): void {
  const parents = folders.map((folder) => pathToFileURL(join(folder, "index.js")).href);
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (!context.conditions.includes("import") || !isMissing(error) || /^[./]|^\w+:/.test(specifier)) {
          throw error;
        }
        for (const parentURL of parents) {
          try {
            return next(specifier, { ...context, parentURL });
          } catch (notHere) {
            if (!isMissing(notHere)) throw notHere;
          }
        }
        throw error;
      }
    },
  });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
}
