/** Where the command-line tool keeps things unless it is told otherwise. */
import { join } from "node:path";

export const defaultPort = 4010;

/** `<checkout>/.state/local-twilio` */
export const defaultFolder = join(import.meta.dirname, "../../../.state/local-twilio");

/** What Node compiled of this program, so that the next start is quicker; `bin/local-twilio.mjs` names it too. */
export const compiledFolder = join(import.meta.dirname, "../../../.state/compiled");

/** The log of the process in the background. */
export function logFile(folder: string): string {
  return join(folder, "local-twilio.log");
}
