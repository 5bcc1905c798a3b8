/** A thousand mixed resources, as a program of a large contact centre would declare them. */
import { Asset, Secret, type ValueMap } from "../../packages/provider/values/value.ts";
import type { Declared, Outputs } from "../faults/stand-in-engine.ts";

const sid = (outputs: Outputs, name: string) => outputs(name)["sid"] ?? null;
const times = (count: number, one: (index: number) => Declared): Declared[] =>
  Array.from({ length: count }, (_, index) => one(index + 1));

/** In calls: 1,000 creates, 150 uploads and 100 validations. */
export const thousand: readonly Declared[] = [
  {
    name: "service",
    token: "twilio:serverless:Service",
    after: [],
    inputs: () => ({ uniqueName: "big", friendlyName: "big" }),
  },
  {
    name: "environment",
    token: "twilio:serverless:Environment",
    after: ["service"],
    inputs: (outputs) => ({ serviceSid: sid(outputs, "service"), uniqueName: "live", domainSuffix: "live" }),
  },
  {
    name: "workspace",
    token: "twilio:taskrouter:Workspace",
    after: [],
    inputs: () => ({ friendlyName: "big" }),
  },
  { name: "notes", token: "twilio:sync:Service", after: [], inputs: () => ({ friendlyName: "big" }) },
  ...times(300, (index) => ({
    name: `queue-${index}`,
    token: "twilio:taskrouter:TaskQueue",
    after: ["workspace"],
    inputs: (outputs) => ({
      workspaceSid: sid(outputs, "workspace"),
      friendlyName: `queue ${index}`,
      targetWorkers: `skill == "${index}"`,
    }),
  })),
  ...times(296, (index) => ({
    name: `map-${index}`,
    token: "twilio:sync:SyncMap",
    after: ["notes"],
    inputs: (outputs) => ({ serviceSid: sid(outputs, "notes"), uniqueName: `map-${index}` }),
  })),
  ...times(150, (index) => ({
    name: `variable-${index}`,
    token: "twilio:serverless:Variable",
    after: ["service", "environment"],
    inputs: (outputs) => ({
      serviceSid: sid(outputs, "service"),
      environmentSid: sid(outputs, "environment"),
      key: `K${index}`,
      value: new Secret(String(index)),
    }),
  })),
  ...times(150, (index) => ({
    name: `function-${index}`,
    token: "twilio:serverless:Function",
    after: ["service"],
    inputs: (outputs) => ({
      serviceSid: sid(outputs, "service"),
      friendlyName: `function ${index}`,
      path: `/f${index}`,
      visibility: "protected",
      content: new Asset({ text: `exports.handler = (c, e, done) => done(null, ${index});` }),
    }),
  })),
  ...times(100, (index) => ({
    name: `flow-${index}`,
    token: "twilio:studio:Flow",
    after: [],
    inputs: () => ({ friendlyName: `flow ${index}`, status: "published", definition: definition(index) }),
  })),
];

function definition(index: number): ValueMap {
  return {
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
  };
}
