/** `npm run stage -- new`: asks what a stage needs, and writes its file with each key explained. Asks Twilio nothing. */
import type { Command } from "commander";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readStage, StageError, type Project, type Stage } from "@support-line/stage";
import { CliError } from "../errors.ts";
import { projectHere } from "../project.ts";
import { newStageFile, type NewStage } from "./new-file.ts";
import {
  agentsIn,
  isChannel,
  nameProblem,
  parts,
  questions,
  stageNameProblem,
  type Answers,
  type Key,
} from "./new-questions.ts";
import type { AskPerson } from "./new-prompts.ts";

/** Answers that were given as flags. */
export type Given = Readonly<Partial<Record<Key, string | undefined>>>;

export interface Asking {
  readonly project: Project;
  readonly stages: readonly Stage[];
  /** Asks a person; null: nobody is there. */
  readonly ask: AskPerson | null;
  /** Whether what has a usual answer is not asked for. */
  readonly isUsual: boolean;
}

/**
 * Every answer: given, asked for, or the usual one.
 *
 * @throws CliError `bad-value` for a given answer that is wrong, `answers-missing` when nobody is there to be asked
 */
export async function answersOf(given: Given, { project, stages, ask, isUsual }: Asking): Promise<Answers> {
  const answers: { -readonly [K in Key]?: string } = {};
  const missing: string[] = [];
  for (const question of questions) {
    const { key, flag } = question;
    const value = given[key];
    const usual = value === undefined ? await question.usual({ project, answers, stages }) : null;
    const problemOf = async (text: string) => question.problem(text.trim(), { project, answers, stages });
    if (value !== undefined) {
      const problem = await problemOf(value);
      refuse(flag, value, problem);
      answers[key] = value.trim();
    } else if (ask !== null && !(isUsual && usual !== null && (await problemOf(usual)) === null)) {
      answers[key] = (await ask(question, usual, problemOf)).trim();
    } else if (usual === null) {
      missing.push(flag);
    } else {
      answers[key] = usual;
    }
  }
  if (missing.length > 0) throw new CliError("answers-missing", { flags: missing.join(", ") });
  const { proxies = "" } = answers;
  const problem = await questions
    .find(({ key }) => key === "proxies")
    ?.problem(proxies, { project, answers, stages });
  refuse("--proxies", proxies, problem ?? null);
  const { account = "", channel = "", address = "", flow = "", agents = "" } = answers;
  return { account, channel, address, flow, agents, proxies };
}

/** The stage that the answers describe. */
async function stageOf(
  project: Project,
  stage: string,
  answers: Answers,
  line: string,
  endpoint: string | null,
): Promise<NewStage> {
  const { template } = await project.template(answers.flow);
  return {
    project: project.name,
    stage,
    accountSid: answers.account,
    channel: isChannel(answers.channel) ? answers.channel : "sms",
    address: answers.address,
    flow: answers.flow,
    line,
    agents: agentsIn(answers.agents),
    proxies: parts(answers.proxies),
    flexAnswerWithin: template.states.some(({ type }) => type === "send-to-flex") ? 30 : null,
    endpoint,
  };
}

/**
 * Checks the text as `stage check` will, then writes the file.
 *
 * @throws CliError `not-a-stage` with every fault, `stage-exists`; nothing is written then
 */
function write({ folder, name }: Project, stage: string, text: string): void {
  const { config } = parse(text) as { config: Record<string, unknown> };
  const prefix = `${name}:`;
  const own = Object.entries(config).filter(([key]) => key.startsWith(prefix));
  try {
    readStage(name, stage, Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value])));
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    const faults = error.faults.map(
      ({ key, value, problem }) => `  ${key} ${value === undefined ? "" : JSON.stringify(value)} ${problem}`,
    );
    throw new CliError("not-a-stage", { faults: faults.join("\n") });
  }
  try {
    writeFileSync(join(folder, `Pulumi.${stage}.yaml`), text, { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new CliError("stage-exists", { stage });
  }
}

/** @throws CliError `bad-value` when there is a problem */
function refuse(option: string, value: string, problem: string | null): void {
  if (problem !== null) throw new CliError("bad-value", { option, value, problem });
}

/** @throws CliError when the name is none, or taken */
function checkName({ folder }: Project, stage: string): void {
  refuse("stage", stage, stageNameProblem(stage));
  if (existsSync(join(folder, `Pulumi.${stage}.yaml`))) throw new CliError("stage-exists", { stage });
}

/** What is to be done with it. */
const next = (stage: string) => `Pulumi.${stage}.yaml is written. Next:
  npm run stage -- check ${stage}        once more after every edit of it
  npx pulumi stack init ${stage}         in the backend that npx pulumi login chose
  npx pulumi preview -s ${stage}         with TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET, of its account
  npx pulumi up -s ${stage}`;

interface Flags extends Given {
  readonly line?: string;
  readonly endpoint?: string;
  readonly yes?: boolean;
}

/** Adds the verb. */
export function addNew(program: Command): void {
  program
    .command("new")
    .description(
      "Asks what a stage needs and writes its file, with every key explained. Never overwrites a file.",
    )
    .argument("<stage>", "staging, prod-eu, …")
    .option("--account <sid>", "the account, AC…")
    .option("--channel <channel>", "sms, whatsapp or voice (default: sms)")
    .option("--address <address>", "the number customers write to or call, +… or whatsapp:+…")
    .option(
      "--flow <template>",
      "the template that answers, a file in flow-templates (default: support, or the only one)",
    )
    .option(
      "--agents <name=address,…>",
      "who answers: ada=+…,ben=whatsapp:+…; not needed where the Flow answers alone",
    )
    .option(
      "--proxies <address,…>",
      "more numbers of the account that agents are reached from (default: none)",
    )
    .option("--line <name>", "name of the line (default: that of its template)")
    .option("--endpoint <url>", "a local Twilio instead of Twilio")
    .option("--yes", "take the default wherever there is one")
    .action(async (stage: string, flags: Flags) => {
      const project = projectHere();
      checkName(project, stage);
      const { line, endpoint = null } = flags;
      if (line !== undefined) refuse("--line", line, nameProblem(line));
      if (endpoint !== null) {
        refuse("--endpoint", endpoint, URL.canParse(endpoint) ? null : "is not an address of a Twilio");
      }
      const isPerson = process.stdin.isTTY && process.stdout.isTTY;
      const ask = isPerson ? (await import("./new-prompts.ts")).askOn(project) : null;
      const answers = await answersOf(flags, {
        project,
        stages: project.readableStages(),
        ask,
        isUsual: flags.yes === true,
      });
      write(
        project,
        stage,
        newStageFile(await stageOf(project, stage, answers, line ?? answers.flow, endpoint)),
      );
      console.log(next(stage));
    });
}
