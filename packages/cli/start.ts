/**
 * `npm start`: starts the local Twilio, deploys stage `local` to it with the real Pulumi engine and tries its first line:
 * the conversation that the project says is its first, the support conversation where its Flow has one, else a "hello" and what
 * becomes of it. Leaves the local Twilio running.
 */
import { Command } from "commander";
import pc from "picocolors";
import { z } from "zod";
import { allAgents, type Project } from "@support-line/stage";
import { checkStage } from "@support-line/stage/check";
import { failureOf } from "./edge/failure.ts";
import { runProgram } from "./edge/run.ts";
import { projectHere } from "./project.ts";
import { openReport } from "./report.mjs";
import { closeConversations } from "./start/close-conversations.ts";
import { openControl } from "./start/control.ts";
import { supportConversation } from "./start/conversation.ts";
import { deploy } from "./start/deploy.ts";
import { StepError } from "./start/errors.ts";
import { firstConversation, playFirst } from "./start/first.ts";
import { sayHello } from "./start/hello.ts";
import { startLocalTwilio, type ReadyTwilio } from "./start/local-twilio.ts";
import { localPhones } from "./start/phones.ts";
import { play } from "./start/play.ts";
import { pulumiJson } from "./start/pulumi.ts";
import { deployedStage, moveToPort, wordsOf } from "./start/stage.ts";
import { transcript } from "./start/transcript.ts";

const stageName = "local";
/** The phone of somebody who has no number in the stage. */
const phone = "+15550100201";

async function main(options: { readonly port?: number }): Promise<void> {
  const report = openReport({ heading: "Starting", ending: "Ready in" });
  const project = projectHere();
  const root = project.folder;
  const { stage, line, ...found } = readLocalStage(project);
  const port = options.port ?? Number(new URL(found.endpoint).port);
  await report.step(
    "local Twilio",
    async () => {
      // Both at once: what the check finds would fail the deployment halfway.
      const [ready] = await Promise.all([twilioAt(root, port), checkIsFine(project)]);
      return ready;
    },
    ({ already, endpoint: at }) => (already ? `runs already at ${at}` : `listens at ${at}`),
  );
  // Only once it listens there: a port that is taken changes nobody's file.
  const endpoint = moveToPort(project, stageName, stage, port);
  await report.step(`pulumi up -s ${stageName}`, (progress) => deploy(root, stageName, progress), String);
  const outputs = z
    .object({ conversationsServiceSid: z.string() })
    .parse(await pulumiJson(root, stageName, ["stack", "output"]));
  report.end();

  const customer = line.channel === "whatsapp" ? `whatsapp:${phone}` : phone;
  // Whoever starts again gets the whole conversation again.
  await named(
    "a fresh conversation",
    closeConversations({ ...stage, endpoint }, outputs.conversationsServiceSid, customer),
  );
  const control = openControl(endpoint);
  const names = new Map([
    ...line.proxies.map((address) => [address, "proxy"] as const),
    [line.address, `line ${line.name}`],
    ...allAgents(line).map(({ name, address }) => [address, name] as const),
    [customer, "customer"],
  ]);
  const before = await control.lastEvent();
  let last = before;
  const show = async () => {
    const events = await control.eventsAfter(last);
    last = events.at(-1)?.id ?? last;
    for (const text of transcript(events, names)) console.log(text.startsWith("  ") ? pc.dim(text) : text);
  };
  const { support, listensTo } = await wordsOf(project, stage, line);
  const [agent] = line.agents;
  const first = await firstConversation(project);
  let said: string;
  try {
    if (first !== null) {
      console.log(`${pc.bold("The project's first conversation")}, test/first-conversation.ts\n`);
      console.log(await playFirst(control, first, { line, customer, endpoint }));
      said = "hello";
    } else if (support !== null && agent !== undefined) {
      console.log(`${pc.bold("The support conversation")}, on two simulated phones\n`);
      const turns = supportConversation(support);
      await play(turns, await localPhones(control, { customer, agent: agent.address }, line.address), show);
      said = support.support;
    } else {
      console.log(
        `${pc.bold(`Somebody ${line.channel === "voice" ? "calls" : "writes to"} line ${line.name}`)}\n`,
      );
      said = await sayHello(control, { line, customer, words: ["hello", ...listensTo.slice(0, 1)] }, show);
    }
  } catch (error) {
    await show();
    console.log(`\nWhat happened, step by step: ${endpoint}/_local/console/`);
    console.log("To begin afresh: npx local-twilio reset, then npm start.");
    throw error;
  }
  const executions = (await control.eventsAfter(before)).filter(({ type }) => type === "execution.started");
  const page = `${endpoint}/_local/console/`;
  const shown = executions[1] ?? executions[0];
  const again =
    line.channel === "voice"
      ? `npx local-twilio call ${customer} ${line.address}`
      : `npx local-twilio say --from ${customer} --to ${line.address} "${said}"`;
  console.log(`
${pc.bold("Look at it")}, and write from the phones yourself
  ${pc.cyan(page)}
  ${shown === undefined ? "" : `${page}executions/${shown.sid}  ${pc.dim(support === null ? "the way through the Flow" : "how the agent was added")}`}

Try next
  ${again}
  npx pulumi preview -s ${stageName} --diff    ${pc.dim(`after a change in flow-templates/${line.flow}.json`)}
  npm stop`);
}

/** Stage `local`, whose first line is tried. */
function readLocalStage(project: Project) {
  const stage = deployedStage(project, stageName);
  const [line] = stage.lines;
  if (line === undefined) throw new StepError("stage", "it has no line", { exitCode: 2 });
  if (stage.endpoint === undefined) {
    throw new StepError(
      "stage",
      `Pulumi.${stageName}.yaml has no twilio:endpoint, where the local Twilio listens; write twilio:endpoint: http://127.0.0.1:4010`,
      { exitCode: 2 },
    );
  }
  return { stage, line, endpoint: stage.endpoint };
}

/** @throws StepError with everything that a deployment would refuse, or that would leave people without an answer */
async function checkIsFine(project: Project): Promise<void> {
  const { faults } = await checkStage(project, stageName);
  if (faults.length === 0) return;
  const list = faults.map((fault) => `  ${fault}`).join("\n");
  throw new StepError(`stage ${stageName}`, `${faults.length} to fix, and nothing was deployed\n${list}`, {
    exitCode: 1,
  });
}

/** The local Twilio at a port; one of this project that listens at another moves there. */
async function twilioAt(root: string, port: number): Promise<ReadyTwilio> {
  try {
    return await startLocalTwilio(root, { port, moves: true });
  } catch (error) {
    if (!(error instanceof StepError) || !/Port \d+ is taken/.test(error.message)) throw error;
    const way = `For another port: npm start -- --port ${port + 10}`;
    throw new StepError("local Twilio", `${error.message.replace(/^local Twilio: /, "")} ${way}`, {
      cause: error,
      exitCode: error.exitCode,
    });
  }
}

/** Gives an error the name of the step that it happened in. */
async function named<Result>(step: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const { text, exitCode } = failureOf(error);
    throw new StepError(step, text ?? "it ended", { cause: error, exitCode });
  }
}

const command = new Command("npm start --")
  .exitOverride()
  .description("Starts the local Twilio, deploys stage local to it and tries its first line.")
  .option(
    "--port <number>",
    "port of the local Twilio from now on; it is written into Pulumi.local.yaml",
    portOf,
  )
  .action(main);

function portOf(value: string): number {
  const port = Number(value);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new StepError("--port", `${value} is not a port: a number from 1 to 65535`, { exitCode: 2 });
}

await runProgram(command);
