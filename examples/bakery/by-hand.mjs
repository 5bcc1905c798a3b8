// What people do by hand in Studio's editor and in the Console, with Twilio's own client: the Flow calls the Functions that
// twilio-run deployed, and a number opens Conversations that the Flow answers.
//
//     node by-hand.mjs +15550100004
import { readFileSync } from "node:fs";
import twilio from "twilio";

const client = twilio();
const [address = ""] = process.argv.slice(2);
const service = (await client.serverless.v1.services.list()).find(
  ({ uniqueName }) => uniqueName === "bakery",
);
if (service === undefined) throw new Error("Deploy the Functions first: npx twilio-run deploy");
const [environment] = await client.serverless.v1.services(service.sid).environments.list();
const functions = await client.serverless.v1.services(service.sid).functions.list();

const definition = JSON.parse(readFileSync(new URL("bakery.json", import.meta.url), "utf8"));
for (const { type, name, properties } of definition.states) {
  if (type !== "run-function") continue;
  properties.service_sid = service.sid;
  properties.environment_sid = environment.sid;
  properties.function_sid = functions.find(({ friendlyName }) => friendlyName === `/${name}`).sid;
  properties.url = `https://${environment.domainName}/${name}`;
}
const flow = await client.studio.v2.flows.create({ friendlyName: "Bakery", status: "published", definition });
const conversations = await client.conversations.v1.services.create({ friendlyName: "Bakery" });
await client.conversations.v1.addressConfigurations.create({
  type: "sms",
  address,
  "autoCreation.enabled": true,
  "autoCreation.type": "studio",
  "autoCreation.studioFlowSid": flow.sid,
  "autoCreation.conversationServiceSid": conversations.sid,
});
console.log(`${address} is answered by Flow ${flow.sid}`);
