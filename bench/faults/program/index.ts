/** The reference stage (reference-stage.ts) as a program, for the real CLI. AGENTS and WORDING say what may change, KEY and ADDRESS what replaces. */
import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";

const agents = process.env["AGENTS"] ?? "";
const wording = process.env["WORDING"] ?? "";

const service = new twilio.serverless.Service("service", {
  uniqueName: "line",
  friendlyName: "line",
  includeCredentials: true,
});
const serviceSid = service.sid;
const environment = new twilio.serverless.Environment("environment", { serviceSid, uniqueName: "live" });
const functions = ["add", "remove"].map(
  (name) =>
    new twilio.serverless.Function(name, {
      serviceSid,
      friendlyName: name,
      path: `/${name}`,
      visibility: "protected",
      content: new pulumi.asset.StringAsset(`exports.handler = (c, e, done) => done(null, "${name}");`),
    }),
);
const build = new twilio.serverless.Build("build", {
  serviceSid,
  functionVersions: functions.map(({ versionSid }) => versionSid),
  runtime: "node22",
});
const deployment = new twilio.serverless.Deployment("deployment", {
  serviceSid,
  environmentSid: environment.sid,
  buildSid: build.sid,
});
new twilio.serverless.Variable("variable", {
  serviceSid,
  environmentSid: environment.sid,
  key: process.env["KEY"] ?? "AGENTS",
  value: pulumi.secret(agents),
});
const places = pulumi.all([serviceSid, environment.sid, functions[0]?.sid]);
const flow = new twilio.studio.Flow(
  "flow",
  {
    friendlyName: "line",
    status: "published",
    definition: places.apply(([service_sid, environment_sid, function_sid]) => ({
      description: "line",
      initial_state: "Trigger",
      flags: { allow_concurrent_calls: true },
      states: [
        {
          name: "Trigger",
          type: "trigger",
          properties: { offset: { x: 0, y: 0 } },
          transitions: [
            { event: "incomingMessage" },
            { event: "incomingCall" },
            { event: "incomingConversationMessage", next: "add" },
            { event: "incomingRequest" },
            { event: "incomingParent" },
          ],
        },
        {
          name: "add",
          type: "run-function",
          properties: {
            offset: { x: 0, y: 200 },
            service_sid,
            environment_sid,
            function_sid,
            url: "https://line.twil.io/add",
          },
          transitions: [{ event: "success", next: "say" }, { event: "fail" }],
        },
        {
          name: "say",
          type: "send-message",
          properties: {
            offset: { x: 0, y: 400 },
            service: "{{trigger.message.InstanceSid}}",
            channel: "{{trigger.message.ChannelSid}}",
            from: "{{flow.channel.address}}",
            to: "{{contact.channel.address}}",
            body: wording,
          },
          transitions: [{ event: "sent" }, { event: "failed" }],
        },
      ],
    })),
  },
  { dependsOn: [deployment] },
);
const conversations = new twilio.conversations.Service("conversations", { friendlyName: "line" });
new twilio.conversations.AddressConfiguration("address", {
  type: "sms",
  address: process.env["ADDRESS"] ?? "+15550100001",
  friendlyName: "line",
  autoCreation: {
    enabled: true,
    type: "studio",
    conversationServiceSid: conversations.sid,
    studioFlowSid: flow.sid,
  },
});
