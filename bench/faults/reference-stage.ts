import { Asset, Secret, type ValueMap } from "../../packages/provider/values/value.ts";
import type { Declared, Outputs } from "./stand-in-engine.ts";

/** What a deployment may change: the usual two things. */
export interface Said {
  readonly agents: string;
  readonly wording: string;
}

const text = (outputs: Outputs, name: string, property = "sid") => outputs(name)[property] ?? null;

/**
 * The reference stage, as peers are compared by: service, environment, two Functions, Build, Deployment, Variable,
 * Flow, Conversations Service and address configuration.
 */
export function referenceStage({ agents, wording }: Said): Declared[] {
  const serverless = "twilio:serverless:";
  const inService = (outputs: Outputs): ValueMap => ({ serviceSid: text(outputs, "service") });
  const aFunction = (name: string): Declared => ({
    name,
    token: `${serverless}Function`,
    after: ["service"],
    inputs: (outputs) => ({
      ...inService(outputs),
      friendlyName: name,
      path: `/${name}`,
      visibility: "protected",
      content: new Asset({ text: `exports.handler = (c, e, done) => done(null, "${name}");` }),
    }),
  });
  return [
    {
      name: "service",
      token: `${serverless}Service`,
      after: [],
      inputs: () => ({ uniqueName: "line", friendlyName: "line", includeCredentials: true }),
    },
    {
      name: "environment",
      token: `${serverless}Environment`,
      after: ["service"],
      inputs: (outputs) => ({ ...inService(outputs), uniqueName: "live" }),
    },
    aFunction("add"),
    aFunction("remove"),
    {
      name: "build",
      token: `${serverless}Build`,
      after: ["service", "add", "remove"],
      inputs: (outputs) => ({
        ...inService(outputs),
        functionVersions: [text(outputs, "add", "versionSid"), text(outputs, "remove", "versionSid")],
        runtime: "node22",
      }),
    },
    {
      name: "deployment",
      token: `${serverless}Deployment`,
      after: ["service", "environment", "build"],
      inputs: (outputs) => ({
        ...inService(outputs),
        environmentSid: text(outputs, "environment"),
        buildSid: text(outputs, "build"),
      }),
    },
    {
      name: "variable",
      token: `${serverless}Variable`,
      after: ["service", "environment"],
      inputs: (outputs) => ({
        ...inService(outputs),
        environmentSid: text(outputs, "environment"),
        key: "AGENTS",
        value: new Secret(agents),
      }),
    },
    {
      name: "flow",
      token: "twilio:studio:Flow",
      after: ["service", "environment", "add", "deployment"],
      inputs: (outputs) => ({
        friendlyName: "line",
        status: "published",
        definition: definition(outputs, wording),
      }),
    },
    {
      name: "conversations",
      token: "twilio:conversations:Service",
      after: [],
      inputs: () => ({ friendlyName: "line" }),
    },
    {
      name: "address",
      token: "twilio:conversations:AddressConfiguration",
      after: ["flow", "conversations"],
      inputs: (outputs) => ({
        type: "sms",
        address: "+15550100001",
        friendlyName: "line",
        autoCreation: {
          enabled: true,
          type: "studio",
          conversationServiceSid: text(outputs, "conversations"),
          studioFlowSid: text(outputs, "flow"),
        },
      }),
    },
  ];
}

function definition(outputs: Outputs, wording: string): ValueMap {
  return {
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
          service_sid: text(outputs, "service"),
          environment_sid: text(outputs, "environment"),
          function_sid: text(outputs, "add"),
          url: `https://line.twil.io/add`,
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
  };
}
