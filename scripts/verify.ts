/**
 * `npm run verify -- dev`: plays the conversation tests on a stage that is deployed to a real account, with two Twilio
 * numbers as phones, and says which switches of Twilio came out how.
 */
import { Command } from "commander";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline/promises";
import { openProject, projectFolder, twilioAddresses } from "@support-line/stage";
import { runProgram } from "../packages/cli/edge/run.ts";
import { openClient } from "../packages/cli/twilio/client.ts";

interface Options {
  readonly customer?: string;
  readonly agent?: string;
  readonly yes?: boolean;
}

/** Messages that the cases send and receive on the phones, each of them a segment; what Twilio asks for one differs by country. */
const cost = { messages: 40, functionRuns: 40, executions: 15 };

const command = new Command("npm run verify --")
  .exitOverride()
  .description("Plays the support conversation on a deployed stage of a real account.")
  .argument("<stage>", "a stage that is deployed, `dev`")
  .option("--customer <number>", "a Twilio number that plays the customer (default: one that no line uses)")
  .option(
    "--agent <number>",
    "a Twilio number that plays a line's first agent (default: the first one found)",
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
  const phones = await phonesFor(stageName, options);
  if (typeof phones === "string") {
    console.error(phones);
    process.exitCode = 2;
    return;
  }
  const { line, customer, agent } = phones;
  console.log(
    `This sends messages that cost money: about ${cost.messages} message segments between ${line} and two phones, ${customer} and ${agent},`,
  );
  console.log(
    `${cost.functionRuns} Function runs and ${cost.executions} Flow Executions. Conversations it opens are closed at the end.`,
  );
  if (options.yes !== true && !(await agreed())) return;
  process.exitCode = await play({
    ...process.env,
    VERIFY_LINE: line,
    VERIFY_CUSTOMER: customer,
    VERIFY_AGENT: agent,
  });
}

interface Phones {
  /** The address that is written to. */
  readonly line: string;
  readonly customer: string;
  readonly agent: string;
}

/**
 * Who writes to whom, or why nobody can, with the way out.
 *
 * @throws StageError when the stage's file has a fault
 */
async function phonesFor(stageName: string, options: Options): Promise<Phones | string> {
  const stage = openProject(projectFolder(process.cwd())).stage(stageName);
  const { TWILIO_ACCOUNT_SID: account, TWILIO_AUTH_TOKEN: token = "" } = process.env;
  if (account !== stage.accountSid || token === "") {
    return `Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to those of ${stage.accountSid}, the account of stage ${stageName}.`;
  }
  const firstAgents = stage.lines.map(({ agents: [first] }) => first?.address);
  const owned =
    options.agent === undefined || options.customer === undefined ? await ownNumbers(account, token) : [];
  const agent = options.agent ?? owned.find((number) => firstAgents.includes(number));
  const line = stage.lines[firstAgents.indexOf(agent)];
  if (agent === undefined || line === undefined) {
    return `No line of stage ${stageName} has ${options.agent ?? "one of the account's own numbers"} as its first agent, so that nobody here could answer; put a Twilio number of yours into Pulumi.${stageName}.yaml as the first agent, deploy that, and run this again.`;
  }
  const taken = new Set([
    ...twilioAddresses(stage),
    ...stage.lines.flatMap(({ agents }) => agents.map((each) => each.address)),
  ]);
  const customer = options.customer ?? owned.find((number) => !taken.has(number));
  if (customer === undefined) {
    return `The account has no number that no line and no agent of stage ${stageName} has, to play the customer: buy one, or give --customer with one of another account (VERIFY_PHONES_ACCOUNT_SID, VERIFY_PHONES_AUTH_TOKEN).`;
  }
  return { line: line.address, customer, agent };
}

/** The numbers of the account that the phones belong to. */
async function ownNumbers(stageAccount: string, stageToken: string): Promise<string[]> {
  const { VERIFY_PHONES_ACCOUNT_SID: account = stageAccount, VERIFY_PHONES_AUTH_TOKEN: token = stageToken } =
    process.env;
  const client = openClient({ accountSid: account, user: account, password: token }, "");
  return (await client.incomingPhoneNumbers.list({ pageSize: 1000 })).map(({ phoneNumber }) => phoneNumber);
}

async function agreed(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question("Go on? (yes/no) ");
  terminal.close();
  return answer.trim().toLowerCase() === "yes";
}

/** Runs the cases; resolves with the runner's exit code. */
function play(env: NodeJS.ProcessEnv): Promise<number> {
  const words = ["run", "--project", "e2e", "e2e/support-conversation.test.ts"];
  const runner = spawn("vitest", words, { env, stdio: "inherit" });
  return new Promise((resolve, reject) => {
    runner.on("error", reject).on("exit", (code) => resolve(code ?? 1));
  });
}
