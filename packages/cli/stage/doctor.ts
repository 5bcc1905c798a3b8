/** `npm run stage -- doctor`: what keeps a stage from being deployed or read, each with its remedy. Changes nothing. */
import type { Command } from "commander";
import { sayFailure, exitCodes } from "../edge/failure.ts";
import { accountChecks } from "../night/doctor-account.ts";
import { journalCheck, machineChecks } from "../night/doctor-machine.ts";
import type { Check } from "../night/doctor-check.ts";
import { projectHere } from "../project.ts";

export interface Examined {
  /** null: this machine. */
  readonly stage: string | null;
  readonly checks: readonly Check[];
}

/**
 * Examines this machine, then stages.
 *
 * @throws StageError when a stage's file has a fault
 */
export async function examine(names: readonly string[]): Promise<Examined[]> {
  const project = projectHere();
  const found: Examined[] = [{ stage: null, checks: await machineChecks(project, names) }];
  for (const name of names) {
    const [account, journal] = [await accountChecks(project, name), await journalCheck(project, name)];
    found.push({ stage: name, checks: [...account, journal] });
  }
  return found;
}

function examinedText({ stage, checks }: Examined): string {
  const rows = checks.flatMap(({ is, what, text, remedy }) => [
    `  ${is.padEnd(7)}  ${what.padEnd(12)}  ${text}`,
    ...(remedy === null ? [] : [`  ${"".padEnd(7)}  ${"".padEnd(12)}  ${remedy}`]),
  ]);
  return [stage === null ? "this machine" : `stage ${stage}`, ...rows].join("\n");
}

/** Adds the verb. */
export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description(
      "Says what keeps a stage from being deployed or read, with a remedy for each; changes nothing.",
    )
    .argument("[stage]", "local, dev, …; all of them when none is named")
    .option("--json", "print JSON")
    .action(async (name: string | undefined, { json = false }: { readonly json?: boolean }) => {
      try {
        const found = await examine(name === undefined ? projectHere().stageNames() : [name]);
        console.log(json ? JSON.stringify(found, null, 2) : found.map(examinedText).join("\n\n"));
        const isSick = found.some(({ checks }) => checks.some(({ is }) => is === "wrong"));
        if (isSick) process.exitCode = exitCodes.findings;
      } catch (error) {
        process.exitCode = sayFailure(error);
      }
    });
}
