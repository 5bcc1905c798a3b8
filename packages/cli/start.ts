/**
 * `npm start`: starts the local Twilio, deploys stage `local` to it with the real Pulumi engine and plays the support
 * conversation on it. Leaves the local Twilio running.
 */
import pc from "picocolors";
import { z } from "zod";
import type { Project } from "@support-line/stage";
import { failureOf } from "./edge/failure.ts";
import { runMain } from "./edge/run.ts";
import { projectHere } from "./project.ts";
import { openReport } from "./report.mjs";
import { closeConversations } from "./start/close-conversations.ts";
import { openControl } from "./start/control.ts";
import { supportConversation } from "./start/conversation.ts";
import { deploy } from "./start/deploy.ts";
import { StepError } from "./start/errors.ts";
import { startLocalTwilio } from "./start/local-twilio.ts";
import { localPhones } from "./start/phones.ts";
import { play } from "./start/play.ts";
import { pulumiJson } from "./start/pulumi.ts";
import { deployedStage, wordsOf } from "./start/stage.ts";
import { transcript } from "./start/transcript.ts";

const stageName = "local";
/** The phone of somebody who has no number in the stage. */
const customer = "+15550100201";

async function main(): Promise<void> {
  const report = openReport({ heading: "Starting", ending: "Ready in" });
  const project = projectHere();
  const root = project.folder;
  const { stage, endpoint, line, agent } = readLocalStage(project);
  await report.step(
    "local Twilio",
    () => startLocalTwilio(root, { port: Number(new URL(endpoint).port) }),
    ({ already }) => (already ? `runs already at ${endpoint}` : `listens at ${endpoint}`),
  );
  await report.step(`pulumi up -s ${stageName}`, (progress) => deploy(root, stageName, progress), String);
  const outputs = z
    .object({ conversationsServiceSid: z.string() })
    .parse(await pulumiJson(root, stageName, ["stack", "output"]));
  report.end();

  // Whoever starts again gets the whole conversation again.
  await named("a fresh conversation", closeConversations(stage, outputs.conversationsServiceSid, customer));
  const control = openControl(endpoint);
  const names = new Map([
    ...line.proxies.map((address) => [address, "proxy"] as const),
    [line.address, `line ${line.name}`],
    ...line.agents.map(({ name, address }) => [address, name] as const),
    [customer, "customer"],
  ]);
  console.log(`${pc.bold("The support conversation")}, on two simulated phones\n`);
  const before = await control.lastEvent();
  let last = before;
  const show = async () => {
    const events = await control.eventsAfter(last);
    last = events.at(-1)?.id ?? last;
    for (const text of transcript(events, names)) console.log(text.startsWith("  ") ? pc.dim(text) : text);
  };
  const turns = supportConversation(await wordsOf(project, stage, line.flow));
  const phones = await localPhones(control, { customer, agent: agent.address }, line.address);
  try {
    await play(turns, phones, show);
  } catch (error) {
    await show();
    console.log("\nTo begin afresh: npx local-twilio reset, then npm start.");
    throw error;
  }
  const executions = (await control.eventsAfter(before)).filter(({ type }) => type === "execution.started");
  const page = `${endpoint}/_local/console/`;
  console.log(`
${pc.bold("Look at it")}, and write from the phones yourself
  ${pc.cyan(page)}
  ${executions[1] === undefined ? "" : `${page}executions/${executions[1].sid}  ${pc.dim("how the agent was added")}`}

Try next
  npx local-twilio say --from ${customer} --to ${line.address} "${turns[1]?.says ?? ""}"
  npx pulumi preview -s ${stageName} --diff    ${pc.dim(`after a change in flow-templates/${line.flow}.json`)}
  npm stop`);
}

/** Stage `local`, whose first line and that line's first agent talk. */
function readLocalStage(project: Project) {
  const stage = deployedStage(project, stageName);
  const [line] = stage.lines;
  const [agent] = line?.agents ?? [];
  if (line === undefined || agent === undefined) {
    throw new StepError("stage", "it has no line with an agent", { exitCode: 2 });
  }
  if (stage.endpoint === undefined) {
    throw new StepError(
      "stage",
      `Pulumi.${stageName}.yaml has no twilio:endpoint, where the local Twilio listens`,
      { exitCode: 2 },
    );
  }
  return { stage, line, agent, endpoint: stage.endpoint };
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

await runMain(main);
