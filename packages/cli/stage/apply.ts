/**
 * `npm run stage -- preview` and `-- apply`: what is applied is what was shown, or it stops. A preview has a digest of all it
 * would do; `apply` previews again, and goes on only with the same digest.
 */
import type { Command } from "commander";
import { appendFileSync } from "node:fs";
import { CliError } from "../errors.ts";
import { renderPreview } from "../pull-request/comment.ts";
import { preview } from "../pull-request/preview.ts";
import { pulumiRun } from "./pulumi.ts";

/**
 * Previews a stage and answers the digest, with what to show of it.
 *
 * @throws CliError `preview-failed`
 */
async function shown(
  stage: string,
  words: readonly string[],
): Promise<{ readonly digest: string; readonly text: string }> {
  const found = await preview(stage, words);
  if ("failed" in found) throw new CliError("preview-failed", { stage, problem: found.failed });
  return { digest: found.digest, text: renderPreview(stage, found) };
}

/**
 * Deploys a stage if a preview of it still has the digest that was shown.
 *
 * @throws CliError `not-as-shown`, `preview-failed` or `pulumi-failed`
 */
export async function applyAsShown(
  stage: string,
  digest: string,
  words: readonly string[] = [],
): Promise<void> {
  const now = await shown(stage, words);
  if (now.digest !== digest) throw new CliError("not-as-shown", { stage });
  const up = ["up", "--yes", "--skip-preview", "--refresh=false", "-s", stage, ...words];
  // What is wrong with a resource is in what it prints, and was shown.
  const { ok, stderr } = await pulumiRun(up, { show: process.stdout });
  if (!ok) throw new CliError("pulumi-failed", { command: "up", problem: stderr.trim() || "see above" });
}

interface Flags {
  readonly configFile?: string;
}
const wordsOf = ({ configFile }: Flags) => (configFile === undefined ? [] : ["--config-file", configFile]);
const configFile = ["--config-file <file>", "the stage file, when it is not Pulumi.<stage>.yaml"] as const;

/** Adds the verbs. */
export function addApply(program: Command): void {
  program
    .command("preview")
    .description("Shows what a deployment would do, without asking Twilio, and prints its digest.")
    .argument("<stage>", "dev, prod, …")
    .option("--summary <file>", "append what is shown to this file, as Markdown, and print the digest alone")
    .option(...configFile)
    .action(async (stage: string, { summary, ...flags }: Flags & { readonly summary?: string }) => {
      const { digest, text } = await shown(stage, wordsOf(flags));
      if (summary === undefined) console.log(text);
      else appendFileSync(summary, text);
      console.log(digest);
    });
  program
    .command("apply")
    .description("Deploys a stage if the deployment is still what was shown; stops otherwise.")
    .argument("<stage>", "dev, prod, …")
    .requiredOption("--shown <digest>", "what preview printed")
    .option(...configFile)
    .action((stage: string, { shown: digest, ...flags }: Flags & { readonly shown: string }) =>
      applyAsShown(stage, digest, wordsOf(flags)),
    );
}
