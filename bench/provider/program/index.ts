/** The thousand mixed resources of thousand.ts as a program, for the real CLI. */
import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";

const times = (count: number, one: (index: number) => void): void => {
  for (let index = 1; index <= count; index++) one(index);
};

const service = new twilio.serverless.Service("service", { uniqueName: "big", friendlyName: "big" });
const environment = new twilio.serverless.Environment("environment", {
  serviceSid: service.sid,
  uniqueName: "live",
  domainSuffix: "live",
});
const workspace = new twilio.taskrouter.Workspace("workspace", { friendlyName: "big" });
const notes = new twilio.sync.Service("notes", { friendlyName: "big" });
times(300, (index) => {
  new twilio.taskrouter.TaskQueue(`queue-${index}`, {
    workspaceSid: workspace.sid,
    friendlyName: `queue ${index}`,
    targetWorkers: `skill == "${index}"`,
  });
});
times(296, (index) => {
  new twilio.sync.SyncMap(`map-${index}`, { serviceSid: notes.sid, uniqueName: `map-${index}` });
});
times(150, (index) => {
  new twilio.serverless.Variable(`variable-${index}`, {
    serviceSid: service.sid,
    environmentSid: environment.sid,
    key: `K${index}`,
    value: pulumi.secret(String(index)),
  });
});
times(150, (index) => {
  new twilio.serverless.Function(`function-${index}`, {
    serviceSid: service.sid,
    friendlyName: `function ${index}`,
    path: `/f${index}`,
    visibility: "protected",
    content: new pulumi.asset.StringAsset(`exports.handler = (c, e, done) => done(null, ${index});`),
  });
});
times(100, (index) => {
  new twilio.studio.Flow(`flow-${index}`, {
    friendlyName: `flow ${index}`,
    status: "published",
    definition: {
      description: `flow ${index}`,
      initial_state: "Trigger",
      flags: { allow_concurrent_calls: true },
      states: [
        {
          name: "Trigger",
          type: "trigger",
          properties: { offset: { x: 0, y: 0 } },
          transitions: [
            { event: "incomingMessage", next: "say" },
            { event: "incomingCall" },
            { event: "incomingConversationMessage" },
            { event: "incomingRequest" },
            { event: "incomingParent" },
          ],
        },
        {
          name: "say",
          type: "send-message",
          properties: {
            offset: { x: 0, y: 200 },
            from: "{{flow.channel.address}}",
            to: "{{contact.channel.address}}",
            body: `Hello ${index}`,
          },
          transitions: [{ event: "sent" }, { event: "failed" }],
        },
      ],
    },
  });
});
