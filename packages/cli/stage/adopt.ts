/** `npm run stage -- adopt`: takes a line that is there already into code, one after the other into one stage or several. It reads the account, and writes files. */
import type { Command } from "commander";
import { readStage, StageError, type Project } from "@support-line/stage";
import { parse } from "yaml";
import { z } from "zod";
import { openAccount } from "../adopt/account.ts";
import { existingFile, type ExistingFile } from "../adopt/existing-file.ts";
import { assetsFolder, filesOf, functionsFolder, importsOf, write, type OwnFile } from "../adopt/files.ts";
import { stillToImport } from "../adopt/imports.ts";
import { readLine, type AdoptedLine, type Into } from "../adopt/read.ts";
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
 * Adopts a line, as a stage or into one that has adopted others.
 *
 * @throws CliError when the account does not open, has no such line, or files are in the way
 */
export async function adopt(
  project: Project,
  stage: string,
  { address, flow, name, endpoint, force = false }: AdoptFlags,
): Promise<{ line: AdoptedLine; files: readonly OwnFile[] }> {
  if (!/^[a-z][a-z0-9-]{0,29}$/.test(stage)) {
    throw new CliError("not-adoptable", {
      problem: `${stage} is not a name of a stage: a lower-case letter, then letters, digits and dashes, like "prod".`,
    });
  }
  if (name !== undefined && !/^[a-z][a-z0-9-]{0,29}$/.test(name)) {
    throw new CliError("bad-value", {
      option: "--name",
      value: name,
      problem: 'is not a name: a lower-case letter, then letters, digits and dashes, like "support"',
    });
  }
  const existing = existingFile(project, stage);
  const into = stageThere(project, stage, existing);
  const account = openAccount(stage, endpoint ?? endpointOf(existing), existing.accountSid);
  const line = await readLine(account, stage, { address, flow }, name, into);
  const imports = importsOf(line);
  const files = filesOf(
    project.name,
    line,
    existing,
    into === null ? imports : await stillToImport(project, stage, imports, force),
  );
  checked(project.name, stage, files);
  const isShared = line.services.functions?.isShared === true;
  write(project.folder, files, isShared ? [] : [functionsFolder(line.name), assetsFolder(line.name)], force);
  const place =
    line.joins === null ? "secrets" : `adopted.functions.${line.services.functions?.name ?? ""}.secrets`;
  const secrets = line.functions?.variables.filter(({ isSecret }) => isSecret && !isShared) ?? [];
  await keepSecrets(`${project.name}:${place}`, stage, secrets);
  return { line, files };
}

/** Where a stage is that is there already; empty for Twilio itself. */
function endpointOf({ config }: ExistingFile): string {
  const endpoint = config["twilio:endpoint"];
  return typeof endpoint === "string" ? endpoint : "";
}

/**
 * The stage, where its file has adopted something before.
 *
 * @throws StageError when it has and cannot be read: what is in it would be lost
 */
function stageThere(project: Project, name: string, { text }: ExistingFile): Into | null {
  if (text === null || !text.includes(`${project.name}:adopted`)) return null;
  const stage = project.stage(name);
  const { adopted } = stage;
  return adopted === null ? null : { stage: { ...stage, adopted }, file: text };
}

/** Reads what is about to be written as every command will read it. */
function checked(project: string, stage: string, files: readonly OwnFile[]): void {
  const { text = "" } = files.find(({ path }) => path === `Pulumi.${stage}.yaml`) ?? {};
  const { config } = written.parse(parse(String(text)));
  const own = Object.entries(config).filter(([key]) => key.startsWith(`${project}:`));
  try {
    readStage(
      project,
      stage,
      Object.fromEntries(own.map(([key, value]) => [key.slice(project.length + 1), value])),
    );
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    const problem = `The line would be no stage, and nothing was written: ${error.faults.map(({ key, problem: what }) => `${key} ${what}`).join("; ")}.`;
    throw new CliError("not-adoptable", { problem });
  }
}

const written = z.object({ config: z.record(z.string(), z.unknown()) });

/** Adds the verb. */
export function addAdopt(program: Command): void {
  program
    .command("adopt")
    .description(
      "Turns a line that already runs into code: reads its account, and writes template, Functions, stage file and Pulumi's import file.",
    )
    .argument("<stage>", "name of the stage: a new one, or one that has adopted other lines")
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
