import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The project's Node: of the nearest folder, upward, in which one is installed.
 *
 * @returns {string | undefined}
 */
export function projectNode() {
  for (let at = process.cwd(); ; at = dirname(at)) {
    const node = join(at, "node_modules", ".bin", "node");
    if (existsSync(node)) return node;
    if (dirname(at) === at) return undefined;
  }
}
