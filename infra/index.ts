/** The stage, wired: read it, deploy its Functions, and give each line its Flow and its way in. */
import * as twilio from "@pulumi/twilio";
import { fileURLToPath } from "node:url";
import { Alerts } from "./alerts.ts";
import { FlexHandOver } from "./flex.ts";
import { ConversationEntry } from "./conversation-entry.ts";
import { FunctionsService } from "./functions-service.ts";
import { LineFlow } from "./line-flow.ts";
import { neededFunctions } from "./needed-functions.ts";
import { refusing } from "./refusal.ts";
import { currentStage } from "./stage.ts";
import { buildDependencies, stageVariables, twilioAddresses } from "./variables.ts";

const stage = await refusing(currentStage);
const name = `support-line-${stage.name}`;

// The stage's account, and no other: credentials and numbers are checked before the first write.
const provider = new twilio.Provider("twilio", {
  accountSid: stage.accountSid,
  phoneNumbers: twilioAddresses(stage),
  // A provider of a program's own is told nothing that the program does not pass on.
  endpoint: twilio.config.endpoint,
  authToken: twilio.config.authToken,
  deletable: twilio.config.deletable,
  keepBuilds: twilio.config.keepBuilds,
});
const options = { providers: { twilio: provider } };

// A service of the stage's own, apart from whatever else the account does with Conversations; Flex sees its own alone.
const conversationsSid =
  stage.flex?.conversationsServiceSid ??
  new twilio.conversations.Service("conversations", { friendlyName: name }, { provider }).sid;

const functions = new FunctionsService(
  "functions",
  {
    uniqueName: name,
    folder: fileURLToPath(new URL("../functions", import.meta.url)),
    names: await refusing(() => neededFunctions(stage)),
    dependencies: buildDependencies(),
    runtime: "node22",
    variables: {
      ...(await refusing(() => stageVariables(stage))),
      CONVERSATIONS_SERVICE_SID: conversationsSid,
    },
  },
  options,
);

const flex =
  stage.flex === null
    ? undefined
    : new FlexHandOver("flex", { stage: stage.name, desk: stage.flex, functions }, options).place;

export const lines = await Promise.all(
  stage.lines.map(async (line) => {
    const flow = await refusing(() => LineFlow.create(line.name, { stage, line, functions, flex }, options));
    const entry = new ConversationEntry(
      line.name,
      { line, functions, conversationsServiceSid: conversationsSid, flowSid: flow.sid },
      options,
    );
    return { name: line.name, address: entry.address, flowSid: flow.sid };
  }),
);

if (stage.alertAddress !== null) {
  new Alerts("alerts", { stage: stage.name, address: stage.alertAddress }, options);
}

/** Where the stage's Conversations and Functions are, for commands and for people; no endpoint means Twilio itself. */
export const endpoint = twilio.config.endpoint ?? "";
export const conversationsServiceSid = conversationsSid;
export const functionsDomain = functions.domainName;
