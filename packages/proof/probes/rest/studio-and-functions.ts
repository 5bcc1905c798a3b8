/** Resources of Studio and of Functions. */
import { long, type RestRow } from "./row.ts";

/** A Flow without anything in it but a text that is kept. */
const flow = JSON.stringify({
  description: "proof",
  initial_state: "Trigger",
  flags: { allow_concurrent_calls: true },
  states: [
    {
      name: "Trigger",
      type: "trigger",
      transitions: [{ event: "incomingRequest", next: "keep" }],
      properties: { offset: { x: 0, y: 0 } },
    },
    {
      name: "keep",
      type: "set-variables",
      transitions: [{ event: "next" }],
      properties: { variables: [{ key: "kept", value: "yes" }], offset: { x: 0, y: 200 } },
    },
  ],
});

export const studioRows: readonly RestRow[] = [
  {
    name: "studio-flow",
    token: "twilio:studio:Flow",
    create: {
      FriendlyName: "{run}-flow-{each}",
      Status: "published",
      Definition: flow,
      CommitMessage: "first",
    },
    update: { Status: "published", CommitMessage: "second", FriendlyName: "{run}-flow-renamed" },
    refused: [
      {
        name: "definition-empty",
        with: { FriendlyName: "{run}-x", Status: "published", Definition: "{}" },
        code: 81022,
      },
      {
        name: "definition-no-json",
        with: { FriendlyName: "{run}-x", Status: "published", Definition: "{" },
        code: 20001,
      },
      {
        name: "draft-invalid",
        with: { FriendlyName: "{run}-x", Status: "draft", Definition: '{"states":[]}' },
        code: 81022,
      },
      {
        name: "commit-message-empty",
        with: { FriendlyName: "{run}-x", Status: "draft", Definition: flow, CommitMessage: "" },
        code: 20001,
      },
    ],
  },
  { name: "studio-revision", token: "twilio:studio:FlowRevision", below: "studio-flow" },
  {
    name: "studio-test-users",
    token: "twilio:studio:FlowTestUser",
    below: "studio-flow",
    update: { TestUsers: ["+15005550006"] },
  },
  {
    name: "execution",
    token: "twilio:studio:Execution",
    below: "studio-flow",
    create: { To: "+15005550010", From: "+15005550006", Parameters: '{"a":"1"}' },
    refused: [
      {
        name: "parameters-no-json",
        with: { To: "+15005550011", From: "+15005550006", Parameters: "{" },
        code: 20001,
      },
      {
        name: "addresses-long",
        with: { To: `+1${"5".repeat(200)}`, From: `+1${"5".repeat(200)}` },
        code: 81023,
      },
    ],
  },
  {
    name: "serverless-service",
    token: "twilio:serverless:Service",
    create: { UniqueName: "{run}-s-{each}", FriendlyName: "{run}-s-{each}", IncludeCredentials: "true" },
    update: { FriendlyName: "{run}-s-renamed", UiEditable: "true" },
    refused: [
      { name: "name-taken", with: { UniqueName: "{run}-s-a", FriendlyName: "{run}-x" }, code: 20001 },
      { name: "name-letters", with: { UniqueName: "a b", FriendlyName: "{run}-x" }, code: 20001 },
      { name: "name-long", with: { UniqueName: `{run}${long(51)}`, FriendlyName: "{run}-x" }, code: 20001 },
    ],
  },
  {
    name: "environment",
    token: "twilio:serverless:Environment",
    below: "serverless-service",
    create: { UniqueName: "e-{each}", DomainSuffix: "d{each}" },
    refused: [
      { name: "name-taken", with: { UniqueName: "e-a", DomainSuffix: "other" }, code: 20001 },
      { name: "suffix-taken", with: { UniqueName: "other", DomainSuffix: "da" }, code: 20001 },
      { name: "suffix-wrong", with: { UniqueName: "other", DomainSuffix: "-" }, code: 20001 },
    ],
  },
  {
    name: "variable",
    token: "twilio:serverless:Variable",
    below: "environment",
    create: { Key: "KEY_{each}", Value: "value" },
    update: { Value: "changed" },
    refused: [
      { name: "key-taken", with: { Key: "KEY_a", Value: "x" }, code: 20001 },
      { name: "key-letters", with: { Key: "with space", Value: "x" }, code: 20001 },
      { name: "key-long", with: { Key: long(129), Value: "x" }, code: 20001 },
      { name: "value-long", with: { Key: "LONG", Value: long(451) }, code: 20001 },
    ],
  },
  {
    name: "function",
    token: "twilio:serverless:Function",
    below: "serverless-service",
    create: { FriendlyName: "function-{each}" },
    update: { FriendlyName: "function-renamed" },
    refused: [{ name: "name-long", with: { FriendlyName: long(256) }, code: 20001 }],
  },
  {
    name: "asset",
    token: "twilio:serverless:Asset",
    below: "serverless-service",
    create: { FriendlyName: "asset-{each}" },
    update: { FriendlyName: "asset-renamed" },
  },
  {
    name: "build",
    token: "twilio:serverless:Build",
    below: "serverless-service",
    refused: [
      { name: "nothing", with: {}, code: 20001 },
      {
        name: "version-unknown",
        with: { FunctionVersions: ["ZN00000000000000000000000000000000"] },
        code: 20001,
      },
    ],
  },
  {
    name: "deployment",
    token: "twilio:serverless:Deployment",
    below: "environment",
    refused: [
      { name: "build-unknown", with: { BuildSid: "ZB00000000000000000000000000000000" }, code: 20001 },
    ],
  },
  { name: "log", token: "twilio:serverless:Log", below: "environment" },
];
