/** Where the command-line tool keeps things unless it is told otherwise. */
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const defaultPort = 4010;

/** `.state/local-twilio` of the project that the person stands in; of the folder itself where that is part of no project. */
export const defaultFolder = join(projectFolder(process.cwd()), ".state/local-twilio");

/** What Node compiled of this program, so that the next start is quicker: where Node keeps it unless told otherwise. */
export const compiledFolder = join(tmpdir(), "node-compile-cache");

/** The nearest folder, upward, that a Pulumi project begins in. */
function projectFolder(from: string): string {
  for (let at = from; ; at = dirname(at)) {
    if (existsSync(join(at, "Pulumi.yaml"))) return at;
    if (dirname(at) === at) return from;
  }
}

/** The log of the process in the background. */
export function logFile(folder: string): string {
  return join(folder, "local-twilio.log");
}
