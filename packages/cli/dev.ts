/**
 * `npm run dev`: a saved file answers the next message. Starts the local Twilio, deploys stage `local`, and watches Flows,
 * bindings, Functions, Assets and the stage file until Ctrl-C. docs/how-to/inner-loop.md says how to work with it.
 */
import nodeModule from "node:module";
import { Command } from "commander";
import pc from "picocolors";
import { openProject } from "@support-line/stage";
import { readDeployed } from "./dev/deployed.ts";
import { up } from "./dev/engine.ts";
import { openLive } from "./dev/live.ts";
import { Session, type News } from "./dev/session.ts";
import { openSnapshots } from "./dev/snapshots.ts";
import { newsJson, newsText } from "./dev/tell.ts";
import { openTests, testsOf } from "./dev/tests.ts";
import { uploadTo } from "./dev/upload.ts";
import { watchStage } from "./dev/watch.ts";
import { runProgram } from "./edge/run.ts";
import { projectHere } from "./project.ts";
import { StepError } from "./start/errors.ts";
import { startLocalTwilio } from "./start/local-twilio.ts";
import { deployedStage } from "./start/stage.ts";
import { openClient } from "./twilio/client.ts";

// What Node has compiled once need not be compiled again.
nodeModule.enableCompileCache?.();

const stageName = "local";

interface Flags {
  readonly tests?: boolean;
  readonly json?: boolean;
}

async function main({ tests = false, json = false }: Flags): Promise<void> {
  const { folder: root } = projectHere();
  const say = (text: string) => {
    if (!json) console.log(text);
  };
  const tell = (news: News) => {
    const time = pc.dim(new Date().toTimeString().slice(0, 8));
    if (json) console.log(newsJson(news));
    else for (const line of newsText(news)) console.log(`${time}  ${line}`);
  };

  const { endpoint, accountSid, authToken = "" } = deployedStage(openProject(root), stageName);
  if (endpoint === undefined) {
    const problem = `Pulumi.${stageName}.yaml has no twilio:endpoint, where the local Twilio listens`;
    throw new StepError("stage", problem, { exitCode: 2 });
  }
  await startLocalTwilio(root, { port: Number(new URL(endpoint).port) });
  say(`The local Twilio listens at ${endpoint}; deploying stage ${stageName} to it …`);

  const login = { accountSid, user: accountSid, password: authToken };
  const snapshots = openSnapshots(root);
  const runner = tests ? openTests(root) : null;
  const session = new Session({
    take: (places) => snapshots.take({ stage: stageName, places }),
    live: openLive(openClient(login, endpoint), uploadTo(endpoint, { accountSid, authToken })),
    up: (options) => up(root, stageName, options),
    readDeployed: () => readDeployed(stageName),
    tell,
    afterLive: ({ files }, { templates }) => runner?.run(testsOf(root, files, templates)),
  });
  const ended = ctrlC();
  // What is saved while the stage is deployed waits for it.
  const unwatch = watchStage(root, stageName, (save) => session.saved(save));
  await Promise.race([session.begin(), ended]);
  say(
    `Watching ${pc.bold("flow-templates, functions, assets, infra")} and the stage file; Ctrl-C ends. ${pc.cyan(`${endpoint}/_local/console/`)}`,
  );
  await ended;
  unwatch();
  say("Recording what is not recorded yet; a second Ctrl-C leaves that to the next `npx pulumi up`.");
  const isRecorded = await session.end();
  snapshots.close();
  await runner?.close();
  say(
    isRecorded
      ? `All is recorded: a preview of ${stageName} is empty. The local Twilio runs on; npm stop ends it.`
      : `Not all is recorded. When what is said above is fixed: npx pulumi up -s ${stageName}`,
  );
  if (!isRecorded) process.exitCode = 1;
}

/** Resolves at the first Ctrl-C, and ends the process at the second. */
function ctrlC(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => {
        resolve();
        process.once(signal, () => process.exit(130));
      });
    }
  });
}

const program = new Command("npm run dev --")
  .description(
    `Deploys stage ${stageName} to the local Twilio, and makes every saved file live there, until Ctrl-C.`,
  )
  .option("--tests", "also run the conversation tests of what was saved")
  .option("--json", "print JSON, one object a line")
  .exitOverride()
  .action(main);
await runProgram(program);
