/** `npm run stage -- rollback`: what is typed, and what people read. */
import type { Deployment } from "@support-line/stage/memory";
import type { Command } from "commander";
import { letDeploymentsThrough, rollBack, type Plan } from "./rollback.ts";
import { deploymentSaid } from "./rollback-plan.ts";
import { stageState } from "./rollback-state.ts";

interface Flags {
  readonly to?: string;
  readonly yes?: boolean;
  readonly clear?: boolean;
  readonly list?: boolean;
  readonly json?: boolean;
  readonly configFile?: string;
}

/** Adds the verb. */
export function addRollback(program: Command): void {
  program
    .command("rollback")
    .description(
      "Puts back the Flows, Build and Variables of an earlier deployment. Without --yes it only says what would change.",
    )
    .argument("<stage>", "local, dev, …")
    .option("--to <commit>", "those of this commit's deployment")
    .option("--yes", "do it")
    .option("--list", "list the deployments that are remembered")
    .option("--clear", "let deployments through again after a rollback")
    .option("--json", "print JSON")
    .option("--config-file <file>", "the stage file, when it is not Pulumi.<stage>.yaml")
    .action(async (stage: string, flags: Flags) => {
      const words = flags.configFile === undefined ? [] : ["--config-file", flags.configFile];
      const say = (value: object, text: string) =>
        console.log(flags.json === true ? JSON.stringify(value, null, 2) : text);
      if (flags.list === true) return listDeployments(stage, say);
      if (flags.clear === true) {
        const { rolledBack } = await letDeploymentsThrough(stage, words);
        const undone = rolledBack?.undone ?? [];
        return say(
          { stage, undone },
          [
            "Deployments go through again. The next one deploys what the code says now. What the rollback undid was:",
            ...indented(undone),
            `Whatever of that the code has still comes back; npx pulumi preview -s ${stage} says what.`,
          ].join("\n"),
        );
      }
      const isQuiet = flags.json === true;
      const plan = await rollBack(stage, {
        to: flags.to,
        isMeant: flags.yes === true,
        words,
        ...(isQuiet ? {} : { show: (each) => console.log(planText(stage, each)) }),
      });
      say({ stage, ...plan }, doneText(stage, plan, flags));
    });
}

async function listDeployments(stage: string, say: (value: object, text: string) => void): Promise<void> {
  const { memory } = await stageState(stage);
  const rows = memory.deployments.map(
    (each) =>
      `  ${deploymentSaid(each)}, ${buildsSaid(each)}, ${Object.entries(each.flows)
        .map(([line, { revision }]) => `Flow of ${line} revision ${revision}`)
        .join(", ")}`,
  );
  // Their Variables have people's numbers, so machines get none either.
  const deployments = memory.deployments.map(({ variables: _, others = {}, ...rest }) => ({
    ...rest,
    ...(Object.keys(others).length === 0
      ? {}
      : {
          others: Object.fromEntries(
            Object.entries(others).map(([service, { buildSid }]) => [service, { buildSid }]),
          ),
        }),
  }));
  say({ stage, deployments, rolledBack: memory.rolledBack }, rows.length === 0 ? "None." : rows.join("\n"));
}

/** `Build ZB…`, and those of further Services of Functions with whose they are. */
function buildsSaid({ buildSid, others = {} }: Deployment): string {
  const further = Object.entries(others).map(([service, each]) => `Build ${each.buildSid} of ${service}`);
  return [`Build ${buildSid}`, ...further].join(", ");
}

const indented = (words: readonly string[]) => words.map((each) => `  ${each}`);

function planText(stage: string, { to, differences, later, drift }: Plan): string {
  return [
    `Stage ${stage} goes back to the deployment of ${deploymentSaid(to)}:`,
    ...indented(differences),
    ...(later.length === 0
      ? []
      : [`Paused, and so not before the line resumes: the Flow of ${later.join(", ")}.`]),
    ...(drift.length === 0 ? [] : ["Written over (revisions stay in Twilio's history):", ...indented(drift)]),
  ].join("\n");
}

function doneText(stage: string, { done }: Plan, { to }: Flags): string {
  const again = to === undefined ? "" : ` --to ${to}`;
  return done
    ? `Done. The next deployment stops and names what was undone, until \`npm run stage -- rollback ${stage} --clear\`.`
    : `Nothing was changed. To do it: npm run stage -- rollback ${stage}${again} --yes`;
}
