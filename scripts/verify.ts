/**
 * `npm run verify -- dev`: plays the conversation tests on a stage that is deployed to a real account, with two Twilio
 * numbers as phones, and says which switches of Twilio came out how.
 */
import { Command } from "commander";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline/promises";
import { openProject, projectFolder } from "@support-line/stage";
import { runProgram } from "../packages/cli/edge/run.ts";

interface Options {
  readonly customer: string;
  readonly agent: string;
  readonly yes?: boolean;
}

/** Messages that the cases send and receive on the phones, each of them a segment; what Twilio asks for one differs by country. */
const cost = { messages: 40, functionRuns: 40, executions: 15 };

const command = new Command("npm run verify --")
  .exitOverride()
  .description("Plays the support conversation on a deployed stage of a real account.")
  .argument("<stage>", "a stage that is deployed, `dev`")
  .requiredOption("--customer <number>", "a Twilio number that plays the customer")
  .requiredOption(
    "--agent <number>",
    "a Twilio number that plays the agent; the stage's first agent has to be this one",
  )
  .option("--yes", "do not ask")
  .addHelpText(
    "after",
    `
Credentials of the stage's account: TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN. Where the two phones belong to another
account: VERIFY_PHONES_ACCOUNT_SID and VERIFY_PHONES_AUTH_TOKEN.`,
  )
  .action(verify);

await runProgram(command);

async function verify(stageName: string, options: Options): Promise<void> {
  const line = lineOf(stageName, options);
  if (line === null) return;
  console.log(
    `This sends messages that cost money: about ${cost.messages} message segments between ${line} and the two phones,`,
  );
  console.log(
    `${cost.functionRuns} Function runs and ${cost.executions} Flow Executions. Conversations it opens are closed at the end.`,
  );
  if (options.yes !== true && !(await agreed())) return;
  process.exitCode = await play({
    ...process.env,
    VERIFY_LINE: line,
    VERIFY_CUSTOMER: options.customer,
    VERIFY_AGENT: options.agent,
  });
}

/**
 * The address that is written to, or null after saying why there is none.
 *
 * @throws StageError when the stage's file has a fault
 */
function lineOf(stageName: string, { agent }: Options): string | null {
  const stage = openProject(projectFolder(process.cwd())).stage(stageName);
  const isItsAccount = process.env.TWILIO_ACCOUNT_SID === stage.accountSid;
  const line = stage.lines.find(({ agents: [first] }) => first?.address === agent);
  if (isItsAccount && process.env.TWILIO_AUTH_TOKEN !== undefined && line !== undefined) return line.address;
  console.error(
    isItsAccount && process.env.TWILIO_AUTH_TOKEN !== undefined
      ? `No line of stage ${stageName} has ${agent} as its first agent; deploy one that has.`
      : `Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to those of ${stage.accountSid}, the account of stage ${stageName}.`,
  );
  process.exitCode = 2;
  return null;
}

async function agreed(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question("Go on? (yes/no) ");
  terminal.close();
  return answer.trim().toLowerCase() === "yes";
}

/** Runs the cases; resolves with the runner's exit code. */
function play(env: NodeJS.ProcessEnv): Promise<number> {
  const words = ["run", "--project", "stack", "e2e/support-conversation.test.ts"];
  const runner = spawn("vitest", words, { env, stdio: "inherit" });
  return new Promise((resolve, reject) => {
    runner.on("error", reject).on("exit", (code) => resolve(code ?? 1));
  });
}
