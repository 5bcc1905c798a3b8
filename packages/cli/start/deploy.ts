import { StepError } from "./errors.ts";
import { pulumi } from "./pulumi.ts";

/** A line of Pulumi's progress that tells that a resource is done: ` +  twilio:studio:Flow support created (0.1s)`. */
const doneLine = /^\s*[+~-]+\s+\S+:\S+ (\S+) (created|updated|deleted|replaced)/;

/**
 * Deploys a stage. It looks first whether everything is still there, since a local Twilio may have been reset.
 *
 * @param progress hears what was done last
 * @returns what changed, in one line
 * @throws StepError with all that Pulumi printed when it fails
 */
export async function deploy(root: string, stage: string, progress: (text: string) => void): Promise<string> {
  let done = 0;
  const args = ["up", "--yes", "--skip-preview", "--refresh", "--suppress-outputs"];
  const { ok, output, stdout } = await pulumi(root, stage, args, (line) => {
    const [, resource] = doneLine.exec(line) ?? [];
    if (resource !== undefined) progress(`${++done} done, last ${resource}`);
  });
  if (!ok) throw new StepError(`pulumi up -s ${stage}`, `it failed\n${failureIn(output)}`);
  return summaryOf(stdout);
}

/** Pulumi's own count, the lines below "Resources:". */
function summaryOf(stdout: string): string {
  const [, block = ""] =
    /\nResources:\n((?: +.+\n)+)/.exec(stdout.slice(stdout.lastIndexOf("\nResources:"))) ?? [];
  const counts = block.split("\n").map((line) => line.replace(/^[\s+~-]*/, "").trim());
  return counts.filter(Boolean).join(", ");
}

/** What a failed run says of its failure; the progress before it is left out. */
export function failureIn(output: string): string {
  const at = output.indexOf("\nDiagnostics:");
  return (at < 0 ? output : output.slice(at)).trim();
}
