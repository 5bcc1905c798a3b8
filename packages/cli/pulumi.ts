/**
 * `npx pulumi`: the real CLI that set-up found or made, on the project's Node, from any folder of the project, with the
 * state of stage `local` inside the project.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { projectAbove, projectName } from "@support-line/stage/project-folder";
import { runMain } from "./edge/run.ts";
import { CliError } from "./errors.ts";
import { runChild } from "./run-child.mjs";
import { readCommandLine, type CommandLine } from "./pulumi/command-line.ts";
import { pulumiEnvironment } from "./pulumi/environment.ts";
import { destroysAll } from "./pulumi/destroys-all.ts";
import { folderOf, hasStack, locksOn } from "./pulumi/file-backend.ts";
import { providerOf, settleLeftBehind, type Deployed } from "./pulumi/left-behind.ts";
import { missingLogin, missingStack } from "./pulumi/missing-step.ts";
import { policyWords } from "./pulumi/policies.ts";
import { pulumiFolder, readyPulumi } from "./pulumi/pulumi-cli.ts";
import { selectedStack } from "./pulumi/selected-stack.ts";
import { localStage, needsStack, stageOf } from "./pulumi/stage-of.ts";
import { tellNames } from "./pulumi/tell-names.ts";

async function main(args: readonly string[]): Promise<number> {
  const line = readCommandLine(args);
  const here = resolve(line.cwd ?? ".");
  const root = projectAbove(here);
  // Outside of any project it is Pulumi, and nothing of anybody's is added.
  if (root === null) return runChild(anyPulumi(here), [...args], {});
  const cwd = line.cwd === null ? root : process.cwd();
  const project = projectName(root);
  const stage = stageOf(line, {
    environment: process.env.PULUMI_STACK,
    selected: selectedStack(root, project, process.env),
  });
  const words = [...args, ...policyWords(stage, line, args)];
  const bin = await readyPulumi(root);
  const pulumi = join(bin, "pulumi");
  const env: NodeJS.ProcessEnv = {
    ...pulumiEnvironment(root, stage, bin, process.env),
    // Its warnings say that this command looks after what a deployment that was killed left behind.
    ...(providerOf(root) !== null && { PULUMI_TWILIO_CLEANS_UP: "true" }),
  };
  const place = { root, project, pulumi, env };
  if (destroysAll(line, args)) {
    // No other command waits for what reads a state.
    const { refusalOfDestroy } = await import("./pulumi/protected.ts");
    const refusal = refusalOfDestroy(pulumi, line.stack, { cwd: root, env });
    if (refusal !== null) {
      process.stderr.write(`${refusal}\n`);
      return 2;
    }
  }
  const folder = stage === localStage ? folderOf(env.PULUMI_BACKEND_URL ?? "") : null;
  if (folder === null) {
    const missing = missingLogin(line, { stage, root, env });
    if (missing !== null) {
      process.stderr.write(`${missing}\n`);
      return 2;
    }
    const ended = await deployed(line, stage, () => runChild(pulumi, words, { cwd, env }), place);
    const hint = ended === 0 ? null : missingStack(line, { stage, pulumi, root, env });
    if (hint !== null) process.stderr.write(`\n${hint}\n`);
    return ended;
  }

  mkdirSync(folder, { recursive: true });
  if (needsStack(line)) makeStack({ pulumi, root, folder, project, env });
  const code = await deployed(line, stage, () => runChild(pulumi, words, { cwd, env }), place);
  if (code !== 0) explainLocks(line, folder, project);
  return code;
}

/** Runs Pulumi, and does what comes after a deployment that ended well. */
async function deployed(
  line: CommandLine,
  stage: string | null,
  run: () => Promise<number>,
  place: Omit<Deployed, "stage" | "began">,
): Promise<number> {
  const began = Date.now();
  const code = await run();
  if (code !== 0) return code;
  await tellNames(line, place.root, stage);
  const lines = stage === null ? [] : settleLeftBehind(line, { ...place, stage, began });
  for (const text of lines) process.stderr.write(`${text}\n`);
  return code;
}

/** The CLI where there is no project that one was found for: of a workspace above, or the person's own. */
function anyPulumi(here: string): string {
  try {
    return join(pulumiFolder(here), "pulumi");
  } catch (error) {
    if (error instanceof CliError) return "pulumi";
    throw error;
  }
}

interface Place {
  /** The CLI. */
  readonly pulumi: string;
  /** Folder of the project. */
  readonly root: string;
  /** Of the state. */
  readonly folder: string;
  readonly project: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Stage `local` has its stack from the first command on: nobody has to know that Pulumi wants it made. */
function makeStack({ pulumi, root, folder, project, env }: Place): void {
  if (hasStack(folder, project, localStage)) return;
  const words = ["stack", "init", localStage, "--no-select", "--non-interactive"];
  const made = spawnSync(pulumi, words, { cwd: root, env, encoding: "utf8" });
  // Another process may have made it meanwhile; and when it could not be made, Pulumi says why in what follows.
  if (made.status !== 0 && !hasStack(folder, project, localStage)) {
    process.stderr.write(made.stderr ?? "");
  }
}

function explainLocks({ words: [command] }: CommandLine, folder: string, project: string): void {
  if (command === "cancel") return;
  const left = locksOn(folder, project, localStage).filter(({ isHeld }) => !isHeld);
  if (left.length === 0) return;
  process.stderr.write(
    `\nStage local is locked by a pulumi that is gone (process ${left.map(({ pid }) => pid).join(", ")}). Free it with:\n` +
      `  npx pulumi cancel --yes -s local\n`,
  );
}

await runMain(async () => {
  process.exitCode = await main(process.argv.slice(2));
});
