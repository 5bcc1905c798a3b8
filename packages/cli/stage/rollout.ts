/** `npm run stage -- rollout`: the same stack to many stages, a few at a time, stopping at the first that fails. */
import type { Command } from "commander";
import { createHash } from "node:crypto";
import type { Project } from "@support-line/stage";
import { checkStage } from "@support-line/stage/check";
import { CliError } from "../errors.ts";
import { projectHere } from "../project.ts";
import { masked, preview } from "../pull-request/preview.ts";
import { checkText } from "./check.ts";
import { pulumiRun } from "./pulumi.ts";
import { fewAtATime, stagesMeant, type Outcome } from "./rollout-order.ts";
import { asJson, summary, type Plan } from "./rollout-text.ts";

/** @throws CliError `preview-failed` */
async function plan(stage: string): Promise<Plan> {
  const found = await preview(stage);
  if ("failed" in found) throw new CliError("preview-failed", { stage, problem: found.failed });
  return found;
}

/**
 * Deploys a stage.
 *
 * @throws CliError `pulumi-failed` with what the CLI said is wrong
 */
async function deploy(stage: string): Promise<void> {
  const up = ["up", "--yes", "--skip-preview", "--refresh=false", "-s", stage];
  const { ok, stdout, stderr } = await pulumiRun(up);
  if (ok) return;
  const [, diagnostics = ""] = /^Diagnostics:\n([\s\S]*?)(?=^\w|(?![\s\S]))/m.exec(stdout) ?? [];
  const problem = masked([diagnostics.trim(), stderr.trim()].filter(Boolean).join("\n"));
  throw new CliError("pulumi-failed", { command: `up -s ${stage}`, problem });
}

/** One digest for what all of them would do. */
function digestOf(plans: ReadonlyMap<string, Outcome<Plan>>): string {
  const lines = [...plans].map(
    ([stage, plan]) => `${stage} ${plan.outcome === "done" ? plan.result.digest : ""}`,
  );
  return createHash("sha256").update(lines.join("\n")).digest("hex");
}

interface Flags {
  readonly atOnce: number;
  readonly yes?: boolean;
  readonly shown?: string;
  readonly json?: boolean;
}

/**
 * Shows what a roll-out would do, or does it.
 *
 * @throws CliError `stages-to-fix` before anybody is asked anything, `not-as-shown` when nothing was deployed for it,
 *   `rollout-stopped` after the first failure
 */
export async function rollOut(project: Project, stages: readonly string[], flags: Flags): Promise<void> {
  await allFine(project, stages);
  const { atOnce, yes = false, shown, json = false } = flags;
  const say = (
    found: ReadonlyMap<string, Outcome<Plan>>,
    deed: "previewed" | "deployed",
    digest?: string,
  ) => {
    console.log(json ? asJson(found, digest) : summary(found, deed, digest));
    const failed = [...found].flatMap(([stage, { outcome }]) => (outcome === "failed" ? [stage] : []));
    if (failed.length > 0) throw new CliError("rollout-stopped", { stages: failed.join(", ") });
  };

  let meant: ReadonlyMap<string, Outcome<Plan>> | null = null;
  if (!yes) {
    meant = await fewAtATime(stages, { atOnce, run: plan });
    const digest = digestOf(meant);
    if (shown === undefined || [...meant.values()].some(({ outcome }) => outcome !== "done")) {
      say(meant, "previewed", digest);
      return;
    }
    if (shown !== digest) throw new CliError("not-as-shown", { stage: stages.join(", ") });
  }
  const outcomes = await fewAtATime(stages, {
    atOnce,
    run: async (stage) => {
      const now = await plan(stage);
      const before = meant?.get(stage);
      if (before?.outcome === "done" && before.result.digest !== now.digest) {
        throw new CliError("not-as-shown", { stage });
      }
      // A stage that has nothing to deploy is left alone.
      if (now.steps.length > 0) await deploy(stage);
      return now;
    },
    ended: (stage, { outcome }) => {
      console.error(`${stage}  ${outcome === "done" ? "deployed" : outcome}`);
    },
  });
  say(outcomes, "deployed");
}

/** @throws CliError `stages-to-fix`, naming them, after what is wrong was said */
async function allFine(project: Project, stages: readonly string[]): Promise<void> {
  const all = project.readableStages();
  const checks = await Promise.all(stages.map((stage) => checkStage(project, stage, all)));
  const wrong = checks.filter(({ faults }) => faults.length > 0);
  if (wrong.length === 0) return;
  console.error(wrong.map(checkText).join("\n\n"));
  throw new CliError("stages-to-fix", { stages: wrong.map(({ stage }) => stage).join(", ") });
}

/** @throws CliError `bad-value` */
function count(value: string): number {
  const most = 20;
  if (/^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= most) return Number(value);
  throw new CliError("bad-value", {
    option: "--at-once",
    value,
    problem: `is not a number of stages from 1 to ${most}`,
  });
}

/** Adds the verb. */
export function addRollout(program: Command): void {
  program
    .command("rollout")
    .description(
      "Deploys the same stack to many stages, a few at a time, and stops at the first that fails. Shows what it would do without --yes or --shown.",
    )
    .argument("<stages...>", "names, and patterns like 'customer-*', in the order they are tried")
    .option("--at-once <count>", "how many at a time", count, 3)
    .option("--yes", "do it, whatever it is")
    .option(
      "--shown <digest>",
      "do it if it is still what was shown: the digest that the same command printed",
    )
    .option("--json", "print JSON")
    .action((words: string[], flags: Flags) => {
      const project = projectHere();
      return rollOut(project, stagesMeant(words, project.stageNames()), flags);
    });
}
