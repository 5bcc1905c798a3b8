/** `npm run stage -- check`: every stage file, without credentials and without asking anybody. */
import type { Command } from "commander";
import { checkStage, type StageCheck } from "@support-line/stage/check";
import { typeFaults } from "@support-line/stage/type-check";
import { CliError } from "../errors.ts";
import { projectHere } from "../project.ts";
import { missingMergeDriver } from "../studio/merge-driver.ts";

/** A check as people read it. */
export function checkText({ stage, faults, lines }: StageCheck): string {
  const head = faults.length === 0 ? `${stage}  fine` : `${stage}  ${faults.length} to fix`;
  return [
    head,
    ...faults.map((fault) => `  ${fault}`),
    ...lines.flatMap(({ name, flow, agents, proxies, atOnce, boundByPath }) => [
      // A line without agents of the stage calls whom its own Functions know, or nobody.
      agents === 0
        ? `  line ${name}, flow ${flow}, without agents`
        : `  line ${name}, flow ${flow}: agents ${agents}, proxies ${proxies}, conversations at once ${atOnce}`,
      ...boundByPath.map(({ widget, to }) => `    ${widget} leads to ${to}, by the path of its URL`),
    ]),
  ].join("\n");
}

interface Flags {
  readonly json?: boolean;
  readonly account?: boolean;
}

/** Adds the verb. */
export function addCheck(program: Command): void {
  program
    .command("check")
    .description(
      "Checks stage files and their Flows, without credentials; says how many customers a line can carry.",
    )
    .argument("[stages...]", "local, dev, …; all of them when none is named")
    .option("--account", "also ask Twilio what else answers the numbers, with the stage's credentials")
    .option("--json", "print JSON")
    .action(async (names: string[], { json = false, account = false }: Flags) => {
      const project = projectHere();
      const all = project.readableStages();
      const types = await typeFaults(project);
      const checks = await Promise.all(
        (names.length === 0 ? project.stageNames() : names).map(async (name) => {
          const check = await checkStage(project, name, all);
          const stage = all.find((each) => each.name === name);
          // An adopted line runs the Functions that it had, whatever the compiler thinks of others.
          const faults = [...check.faults, ...(stage === undefined || stage.adopted !== null ? [] : types)];
          if (!account || stage === undefined) return { ...check, faults };
          const { accountFaults } = await import("../adopt/check-account.ts");
          return { ...check, faults: [...faults, ...(await accountFaults(project, stage))] };
        }),
      );
      console.log(json ? JSON.stringify(checks, null, 2) : checks.map(checkText).join("\n\n"));
      const driver = json ? null : missingMergeDriver(project.folder);
      if (driver !== null) console.log(`\n${driver}`);
      const wrong = checks.filter(({ faults }) => faults.length > 0);
      if (wrong.length > 0) {
        throw new CliError("stages-to-fix", { stages: wrong.map(({ stage }) => stage).join(", ") });
      }
    });
}
