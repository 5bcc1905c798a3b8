/** `npm run stage -- adopt`: takes a line that is there already into code. It reads the account, and writes files. */
import type { Command } from "commander";
import { readStage, StageError, type Project } from "@support-line/stage";
import { openAccount } from "../adopt/account.ts";
import { existingFile } from "../adopt/existing-file.ts";
import { assetsFolder, filesOf, functionsFolder, stageValues, write, type OwnFile } from "../adopt/files.ts";
import { readLine, type AdoptedLine } from "../adopt/read.ts";
import { reportText } from "../adopt/report.ts";
import { keepSecrets } from "../adopt/secrets.ts";
import { CliError } from "../errors.ts";
import { projectHere } from "../project.ts";

export interface AdoptFlags {
  readonly address?: string;
  readonly flow?: string;
  readonly name?: string;
  readonly endpoint?: string;
  readonly force?: boolean;
}

/**
 * Adopts a line as a stage.
 *
 * @throws CliError when the account does not open, has no such line, or files are in the way
 */
export async function adopt(
  project: Project,
  stage: string,
  { address, flow, name, endpoint = "", force = false }: AdoptFlags,
): Promise<{ line: AdoptedLine; files: readonly OwnFile[] }> {
  if (!/^[a-z][a-z0-9-]{0,29}$/.test(stage)) {
    throw new CliError("not-adoptable", {
      problem: `${stage} is no name of a stage: a lower-case letter, then letters, digits and dashes, like "prod".`,
    });
  }
  if (name !== undefined && !/^[a-z][a-z0-9-]{0,29}$/.test(name)) {
    throw new CliError("bad-value", {
      option: "--name",
      value: name,
      problem: 'is no name: a lower-case letter, then letters, digits and dashes, like "support"',
    });
  }
  const existing = existingFile(project, stage);
  const account = openAccount(stage, endpoint, existing.accountSid);
  const line = await readLine(account, stage, { address, flow }, name);
  checked(project.name, stage, line);
  const files = filesOf(project.name, line, existing);
  write(project.folder, files, [functionsFolder(line.name), assetsFolder(line.name)], force);
  await keepSecrets(project.name, stage, line.functions?.variables.filter(({ isSecret }) => isSecret) ?? []);
  return { line, files };
}

/** Reads what is about to be written as every command will read it. */
function checked(project: string, stage: string, line: AdoptedLine): void {
  try {
    readStage(project, stage, stageValues(line));
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    const problem = `The line would be no stage, and nothing was written: ${error.faults.map(({ key, problem: what }) => `${key} ${what}`).join("; ")}.`;
    throw new CliError("not-adoptable", { problem });
  }
}

/** Adds the verb. */
export function addAdopt(program: Command): void {
  program
    .command("adopt")
    .description(
      "Turns a line that already runs into code: reads its account, and writes template, Functions, stage file and Pulumi's import file.",
    )
    .argument("<stage>", "name of the new stage: prod, …")
    .option("--address <address>", "the number that customers write to, if the account has several lines")
    .option("--flow <sid>", "the Flow that answers, FW…")
    .option("--name <name>", "name of the line and its template (default: made from the Flow's name)")
    .option("--endpoint <url>", "a local Twilio in place of Twilio")
    .option("--force", "overwrite existing files")
    .action(async (stage: string, flags: AdoptFlags) => {
      const { line, files } = await adopt(projectHere(), stage, flags);
      console.log(reportText(line, files));
    });
}
