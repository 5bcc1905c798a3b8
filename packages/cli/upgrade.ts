/** `npm run upgrade [-- --to x] [--dry-run]`: has the version that a project is taken to upgrade it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { runProgram } from "./edge/run.ts";
import { CliError } from "./errors.ts";
import { projectHere } from "./project.ts";
import { runUpgrader, versionOf } from "./upgrade/package.ts";
import { stagesAfter, stagesText, stops } from "./upgrade/stages.ts";

interface Flags {
  readonly to: string;
  readonly dryRun?: boolean;
  readonly stages?: boolean;
}

async function main({ to, dryRun = false, stages = false }: Flags): Promise<void> {
  const project = projectHere();
  if (stages) {
    const after = await stagesAfter(project);
    console.log(`Stages:\n${stagesText(after)}`);
    process.exitCode = after.some(stops) ? 1 : 0;
    return;
  }
  if (!existsSync(join(project.folder, ".support-line.json"))) {
    throw new CliError("not-created", { folder: project.folder });
  }
  const version = await versionOf(project.folder, to);
  process.exitCode = await runUpgrader(project.folder, version, dryRun ? ["--dry-run"] : []);
}

const program = new Command("npm run upgrade --")
  .description("Takes the project's files and packages to a newer version, on a branch of its own.")
  .option("--to <version>", "a version, or a tag", "latest")
  .option("--dry-run", "say what would be, and change nothing")
  .option(
    "--stages",
    "only look at the stages, as an upgrade does at its end: stage check, and a preview of each",
  )
  .exitOverride()
  .action(main);
await runProgram(program);
