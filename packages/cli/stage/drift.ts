/** `npm run stage -- drift`: what Twilio has otherwise than what was deployed. Changes nothing, neither at Twilio nor in the state. */
import type { Command } from "commander";
import pLimit from "p-limit";
import { CliError } from "../errors.ts";
import { localStage } from "../pulumi/stage-of.ts";
import { reportDrift, type Repository } from "./drift-issue.ts";
import { readDrift, type Drift } from "./drift-read.ts";
import { driftMarkdown, driftText, type StageDrift } from "./drift-text.ts";
import { projectHere } from "../project.ts";
import { pulumiRun } from "./pulumi.ts";

/**
 * Compares a stage's state with Twilio, resource by resource.
 *
 * @param words more for the CLI, such as a stage file that is elsewhere
 */
export async function driftOf(stage: string, words: readonly string[] = []): Promise<Drift> {
  const what = ["refresh", "--preview-only", "--json", "-s", stage, ...words];
  const { ok, stdout, stderr } = await pulumiRun(what);
  return readDrift(stdout, stderr, ok ? 0 : 1);
}

/** Stages compared at once: each is a process of Pulumi's and one of the provider's. */
const atOnce = 4;

function repository(): Repository {
  const { GITHUB_TOKEN: token, GITHUB_REPOSITORY: name, GITHUB_API_URL: api } = process.env;
  if (token === undefined || name === undefined) throw new CliError("no-repository");
  return { api: api ?? "https://api.github.com", repository: name, token };
}

interface Flags {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly issue?: boolean;
  readonly configFile?: string;
}

/** Adds the verb. */
export function addDrift(program: Command): void {
  program
    .command("drift")
    .description(
      "Says where Twilio differs from what was deployed. Exit code 0: nowhere; 1: somewhere; 2: a stage could not be compared.",
    )
    .argument("[stages...]", "dev, prod, …; all but local when none is named")
    .option("--json", "print JSON")
    .option("--markdown", "print Markdown")
    .option(
      "--issue",
      "keep one GitHub issue for each stage up to date (GITHUB_TOKEN, GITHUB_REPOSITORY); exits with 0 even if something differs",
    )
    .option("--config-file <file>", "the stage file, when it is not Pulumi.<stage>.yaml")
    .action(async (names: string[], flags: Flags) => {
      const stages =
        names.length > 0
          ? names
          : projectHere()
              .stageNames()
              .filter((name) => name !== localStage);
      const place = flags.issue === true ? repository() : null;
      const words = flags.configFile === undefined ? [] : ["--config-file", flags.configFile];
      const limit = pLimit(atOnce);
      const found = await Promise.all(
        stages.map((stage) =>
          limit(async (): Promise<StageDrift> => ({ stage, drift: await driftOf(stage, words) })),
        ),
      );
      console.log(textOf(found, flags));
      const failed = found.filter(({ drift }) => "failed" in drift);
      if (place !== null) await report(place, found);
      if (failed.length > 0) {
        throw new CliError("drift-unknown", { stages: failed.map(({ stage }) => stage).join(", ") });
      }
      const drifted = found.filter(({ drift }) => "drifted" in drift && drift.drifted.length > 0);
      if (drifted.length > 0 && place === null) process.exitCode = 1;
    });
}

function textOf(found: readonly StageDrift[], { json = false, markdown = false }: Flags): string {
  if (json) {
    return JSON.stringify(
      found.map(({ stage, drift }) => ({ stage, ...drift })),
      null,
      2,
    );
  }
  return found.map(markdown ? driftMarkdown : driftText).join(markdown ? "\n" : "\n\n");
}

/** One stage that could not be compared keeps no other's issue from being brought up to date. */
async function report(place: Repository, found: readonly StageDrift[]): Promise<void> {
  for (const each of found) {
    if ("failed" in each.drift) continue;
    const outcome = await reportDrift(place, each);
    if (outcome !== null) console.error(`${each.stage}  issue #${outcome.number} ${outcome.deed}`);
  }
}
