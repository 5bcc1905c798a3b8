import { conversationsOn, engineAlone, functionsFrom } from "@support-line/conversation-test";
import { openProject, stageVariables, variablesOfDeployment } from "@support-line/stage";
import { join } from "node:path";
import askForAnOrder from "./first-conversation.ts";

const project = openProject(join(import.meta.dirname, ".."));
const { template: definition } = await project.template("petals");
const stage = project.stage("local");
const sids = { conversationsServiceSid: `IS${"1".repeat(32)}`, flowSid: `FW${"1".repeat(32)}` };
const variables = { ...stageVariables(stage), ...variablesOfDeployment(stage, sids) };

const world = (more: Readonly<Record<string, string>> = {}) =>
  engineAlone({
    flow: "petals",
    definition,
    functions: functionsFrom(project.functionsFolder, {
      variables: { ...variables, ...more },
      // The courier's own, which is deployed elsewhere.
      answers: { whereabouts: "Your courier is around the corner." },
    }),
    people: { customer: "+15550100201", rosa: "+15550100101", lily: "+15550100102" },
    line: "+15550100001",
  });

const conversation = conversationsOn(world());

conversation("a customer asks what became of an order", askForAnOrder);

conversation("the courier's Function answers for the courier", async ({ customer }) => {
  await customer.says("hello");
  await customer.hears(/^Petals here/);
  await customer.says("courier");
  await customer.hears("Your courier is around the corner.");
});

conversation("there is a tip for the season", async ({ customer }) => {
  await customer.says("hello");
  await customer.hears(/^Petals here/);
  await customer.says("care");
  await customer.hears("Keep them from the heater.");
});

conversation("a funeral's florist comes", async (scene) => {
  const { customer } = scene;
  await customer.says("hello");
  await customer.hears(/^Petals here/);
  await customer.says("funeral");
  await customer.hears("A florist is with you now.");
  await scene.person("lily").hears("A florist is with you now.");
});

const shut = conversationsOn(world({ SHUT: "yes" }));

shut("a shop that is shut says so", async ({ customer }) => {
  await customer.says("hello");
  await customer.hears("Our shop is closed. We open at nine.");
});
