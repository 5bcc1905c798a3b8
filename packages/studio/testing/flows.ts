/** The Flows that real people drew, where they lie beside the checkout: they belong to their authors and are not copied. */
import { existsSync, readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../../../shared/flows/", import.meta.url);

/** Their file names; none when the folder is not there. */
export const realFlows: readonly string[] = existsSync(folder)
  ? readdirSync(folder).filter((file) => file.endsWith(".json"))
  : [];

/** One of them, as it stands. */
export function realFlow(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, folder), "utf8"));
}
