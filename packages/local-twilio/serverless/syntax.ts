/** Whether the source of a Function can be parsed: a Build with one that cannot fails. */
import { Script } from "node:vm";

/** What is wrong with a CommonJS source, in one line with its place; null when nothing is. */
export function syntaxProblem(source: string, path: string): string | null {
  try {
    // Node's own wrapper, on one line with the source's first, so that line numbers are the author's.
    new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
      filename: path,
    });
    return null;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const place = /^(.*:\d+)\n/.exec(error.stack ?? "")?.[1] ?? path;
    return `${place}: ${error.name}: ${error.message}`;
  }
}
