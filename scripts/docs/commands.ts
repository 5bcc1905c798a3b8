/** Every command that people type, with what its `--help` says. */
import { execFileSync } from "node:child_process";
import { join, relative } from "node:path";
import type { Command } from "commander";
import { stageProgram } from "../../packages/cli/stage/program.ts";
import { studioProgram } from "../../packages/cli/studio/program.ts";
import { program as localTwilio } from "../../packages/local-twilio/cli/program.ts";

export interface CommandHelp {
  /** As it is typed: `npm run stage -- adopt`. */
  readonly name: string;
  readonly help: string;
}

/** What a command of commander prints for `--help`, with folders as they are seen from the root. */
function helpOf(command: Command, root: string): string {
  let help = "";
  for (const option of command.options) {
    const value: unknown = option.defaultValue;
    if (typeof value !== "string" || !value.startsWith(root)) continue;
    option.defaultValueDescription = JSON.stringify(relative(root, value));
  }
  command.configureOutput({ writeOut: (text) => (help += text), getOutHelpWidth: () => 80 });
  command.outputHelp();
  return help;
}

function verbsOf(program: Command, typed: string, root: string): CommandHelp[] {
  return program.commands.map((verb) => ({ name: `${typed} ${verb.name()}`, help: helpOf(verb, root) }));
}

/** Programs of one verb, which run when they are loaded. */
const single = [
  ["npm start --", "packages/cli/start.ts"],
  ["npm run dev --", "packages/cli/dev.ts"],
  ["npm run verify --", "scripts/verify.ts"],
  ["npm run upgrade --", "packages/cli/upgrade.ts"],
  ["npm run prove --", "scripts/prove.ts"],
  ["npm create support-line@latest", "packages/create/bin/create-support-line.mjs"],
] as const;

/**
 * The help of every command, by program.
 *
 * @param root folder of the repository
 */
export async function commandHelps(
  root: string,
): Promise<readonly { readonly program: string; readonly commands: readonly CommandHelp[] }[]> {
  const groups = [
    {
      program: "Start, try, verify",
      commands: single.map(([name, file]) => ({
        name,
        help: execFileSync(process.execPath, [join(root, file), "--help"], { cwd: root, encoding: "utf8" }),
      })),
    },
    { program: "npm run stage", commands: verbsOf(await stageProgram(), "npm run stage --", root) },
    { program: "npx studio", commands: verbsOf(studioProgram(), "npx studio", root) },
    { program: "npx local-twilio", commands: verbsOf(localTwilio, "npx local-twilio", root) },
  ];
  return groups.map(({ program, commands }) => ({
    program,
    commands: commands.map(({ name, help }) => ({ name, help: help.trimEnd() })),
  }));
}
