import { conversationsOn, engineAlone, functionsFrom } from "@support-line/conversation-test";
import { openProject, stageVariables } from "@support-line/stage";
import { join } from "node:path";
import askForSnow from "./first-conversation.ts";

const project = openProject(join(import.meta.dirname, ".."));
const { template: definition } = await project.template("snow");
const variables = stageVariables(project.stage("local"));

const conversation = conversationsOn(
  engineAlone({
    flow: "snow",
    definition,
    functions: functionsFrom(project.functionsFolder, { variables }),
    people: { customer: "+15550100201" },
    line: "+15550100001",
  }),
);

conversation("a caller hears how much snow there is", askForSnow);

conversation("a report that fails is no silence", async ({ customer, functions }) => {
  functions.answers("slopes/snow", 500);
  await customer.calls();
  await customer.hears("We have no report this morning.");
});
