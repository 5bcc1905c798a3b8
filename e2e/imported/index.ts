/** The program of imported.long.test.ts: everything that is there already, by the SIDs in its configuration. */
import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import definition from "./flow.json" with { type: "json" };

const config = new pulumi.Config();
const sid = (name: string): string => config.require(name);
const serviceSid = sid("service");
const environmentSid = sid("environment");

export const resources = [
  new twilio.serverless.Service("service", { uniqueName: "imported", friendlyName: "imported" }),
  new twilio.serverless.Environment("environment", { serviceSid, uniqueName: "live" }),
  new twilio.serverless.Variable("variable", { serviceSid, environmentSid, key: "LINE", value: "support" }),
  new twilio.serverless.Function("function", {
    serviceSid,
    friendlyName: "/hello",
    path: "/hello",
    visibility: "public",
    content: new pulumi.asset.StringAsset("exports.handler = (context, event, callback) => callback();"),
  }),
  new twilio.serverless.Build("build", {
    serviceSid,
    functionVersions: [sid("version")],
    dependencies: {},
    runtime: "node22",
  }),
  new twilio.serverless.Deployment("deployment", { serviceSid, environmentSid, buildSid: sid("build") }),
  new twilio.conversations.Service("conversations", { friendlyName: "imported" }),
  new twilio.studio.Flow("flow", {
    friendlyName: "imported",
    status: "published",
    definition,
  }),
  new twilio.conversations.AddressConfiguration("address", {
    type: "sms",
    address: "+15550100001",
    friendlyName: "imported",
    autoCreation: { type: "studio", enabled: true, studioFlowSid: sid("flow") },
  }),
  new twilio.studio.FlowTestUser("testers", { sid: sid("flow"), testUsers: ["+15550100201"] }),
].map(({ urn }) => urn);
