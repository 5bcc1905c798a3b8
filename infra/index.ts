/** The stage, wired: read it, deploy its Functions, and give each line its Flow and its way in. */
import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { readFunctions } from "@support-line/functions-runtime/sources";
import { neededFunctions, stageVariables, titleOf, uniqueNameOf } from "@support-line/stage";
import { givenOrder } from "@support-line/stage/order";
import { currentProject, currentStage, refusing } from "@support-line/stage/program";
import { Alerts } from "./alerts.ts";
import { CallEntry } from "./call-entry.ts";
import { FlexHandOver } from "./flex.ts";
import { ConversationEntry } from "./conversation-entry.ts";
import { FunctionsService } from "./functions-service.ts";
import { LineFlow } from "./line-flow.ts";
import { heedRemembered, readRemembered, Remembered } from "./remembered.ts";
import { provider } from "./stage-provider.ts";

const project = await refusing(currentProject);
const stage = await refusing(currentStage);
const name = uniqueNameOf(stage);
const title = titleOf(stage.project);
// What `stage rollback`, `pause` and `resume` put in place of what the code says, and what they left.
const order = givenOrder(process.env);
const known = await readRemembered();
if (order === null) await heedRemembered(known);

const options = { providers: { twilio: provider } };

// A service of the stage's own, apart from whatever else the account does with Conversations; Flex sees its own alone.
const conversationsSid =
  stage.flex?.conversationsServiceSid ??
  new twilio.conversations.Service("conversations", { friendlyName: name }, { provider }).sid;

const variables = order?.variables ?? {
  ...withSecrets(await refusing(() => stageVariables(stage))),
  CONVERSATIONS_SERVICE_SID: conversationsSid,
};

/** What the stage file keeps encrypted stays so in the state. */
function withSecrets(values: Record<string, string>): Record<string, pulumi.Input<string>> {
  const secrets = Object.entries(stage.secrets).map(([key, value]) => [key, pulumi.secret(value)] as const);
  return { ...values, ...Object.fromEntries(secrets) };
}

const functions = new FunctionsService(
  "functions",
  {
    uniqueName: name,
    functions: await refusing(async () =>
      readFunctions(project.functionsFolder, await neededFunctions(project, stage)),
    ),
    assets: await refusing(() => project.assets()),
    dependencies: await refusing(() => project.buildDependencies()),
    runtime: "node22",
    variables,
    buildSid: order?.buildSid ?? null,
  },
  options,
);

const flex =
  stage.flex === null
    ? undefined
    : new FlexHandOver(
        "flex",
        { friendlyName: `${title} (${stage.name})`, desk: stage.flex, functions },
        options,
      ).place;

const flows: Record<string, LineFlow> = {};
export const lines = await Promise.all(
  stage.lines.map(async (line) => {
    const instead = order?.flows[line.name] ?? (order?.memory ?? known).paused[line.name];
    const args = { project, stage, line, functions, flex, instead };
    const flow = await refusing(() => LineFlow.create(line.name, args, options));
    flows[line.name] = flow;
    const entryArgs = { line, functions, conversationsServiceSid: conversationsSid, flowSid: flow.sid };
    const entry =
      line.channel === "voice"
        ? new CallEntry(line.name, { ...entryArgs, accountSid: stage.accountSid }, options)
        : new ConversationEntry(line.name, { ...entryArgs, channel: line.channel }, options);
    return { name: line.name, address: entry.address, flowSid: flow.sid };
  }),
);

if (stage.alertAddress !== null) {
  new Alerts(
    "alerts",
    { description: `${title}, stage ${stage.name}`, address: stage.alertAddress },
    options,
  );
}

new Remembered("memory", { known, order, flows, buildSid: functions.deployment.buildSid, variables });

/** Where the stage's Conversations and Functions are, for commands and for people; no endpoint means Twilio itself. */
export const endpoint = twilio.config.endpoint ?? "";
export const conversationsServiceSid = conversationsSid;
export const functionsDomain = functions.domainName;
