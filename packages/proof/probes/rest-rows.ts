/**
 * Every resource that a line uses, with what it is created and changed with. The rows of `@support-line/twilio-api` say the
 * rest: where it lives, what is required, what can be refused. `{run}` begins every name, `{each}` tells two of a kind apart.
 */

export type Words = Readonly<Record<string, string | readonly string[]>>;

export interface Refused {
  readonly name: string;
  readonly with: Words;
  /** Twilio's code, whose page is the source. */
  readonly code: number;
}

export interface RestRow {
  /** Part of the ids of its facts: `rest.conversation.create`. */
  readonly name: string;
  /** Of `@support-line/twilio-api`. */
  readonly token: string;
  /** Row whose object it is below. */
  readonly below?: string;
  readonly create?: Words;
  /** In place of `create`, where a body is JSON. */
  readonly json?: unknown;
  readonly update?: Words;
  readonly refused?: readonly Refused[];
  /** Refusals of an update. */
  readonly refusedUpdate?: readonly Refused[];
  /** Not made twice: there can be one alone. */
  readonly single?: true;
  /** It is not deleted by itself. */
  readonly stays?: true;
}

const long = (letters: number) => "a".repeat(letters);

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

const routing = (queue: string) => JSON.stringify({ task_routing: { default_filter: { queue } } });

export const restRows: readonly RestRow[] = [
  {
    name: "conversations-service",
    token: "twilio:conversations:Service",
    create: { FriendlyName: "{run}-service-{each}" },
    refused: [{ name: "long-name", with: { FriendlyName: `{run}-${long(257)}` }, code: 50003 }],
  },
  {
    name: "conversations-service-configuration",
    token: "twilio:conversations:ServiceConfiguration",
    below: "conversations-service",
    update: { ReachabilityEnabled: "false" },
  },
  {
    name: "conversations-service-notifications",
    token: "twilio:conversations:ServiceNotification",
    below: "conversations-service",
    update: { LogEnabled: "true" },
  },
  {
    name: "conversations-service-webhooks",
    token: "twilio:conversations:ServiceWebhookConfiguration",
    below: "conversations-service",
    update: { PostWebhookUrl: "https://example.com/hook", Filters: ["onMessageAdded"], Method: "POST" },
  },
  {
    name: "role",
    token: "twilio:conversations:ServiceRole",
    below: "conversations-service",
    create: {
      FriendlyName: "{run}-role-{each}",
      Type: "conversation",
      Permission: ["sendMessage", "leaveConversation"],
    },
    update: { Permission: ["sendMessage"] },
    refused: [
      {
        name: "unknown-permission",
        with: { FriendlyName: "x", Type: "conversation", Permission: ["flyToTheMoon"] },
        code: 50104,
      },
    ],
  },
  {
    name: "user",
    token: "twilio:conversations:ServiceUser",
    below: "conversations-service",
    create: { Identity: "{run}-user-{each}" },
    update: { FriendlyName: "somebody", Attributes: '{"a":1}' },
    refused: [
      { name: "long-identity", with: { Identity: long(257) }, code: 50207 },
      { name: "attributes-no-json", with: { Identity: "{run}-x", Attributes: "{" }, code: 50304 },
    ],
  },
  {
    name: "conversation",
    token: "twilio:conversations:ServiceConversation",
    below: "conversations-service",
    create: { FriendlyName: "{run}-conversation-{each}", UniqueName: "{run}-conversation-{each}" },
    update: { Attributes: '{"a":1}', "Timers.Inactive": "PT1H", "Timers.Closed": "P1D" },
    refused: [
      { name: "unique-name-taken", with: { UniqueName: "{run}-conversation-a" }, code: 50353 },
      { name: "closed", with: { State: "closed" }, code: 50384 },
      { name: "state-unknown", with: { State: "open" }, code: 50378 },
      { name: "attributes-no-json", with: { Attributes: "{" }, code: 50304 },
      { name: "attributes-long", with: { Attributes: JSON.stringify({ a: long(17_000) }) }, code: 50303 },
      { name: "name-long", with: { FriendlyName: long(257) }, code: 50003 },
      { name: "timer-short", with: { "Timers.Inactive": "PT1S" }, code: 50375 },
      { name: "timer-closed-short", with: { "Timers.Closed": "PT1M" }, code: 50376 },
      { name: "timer-none", with: { "Timers.Inactive": "soon" }, code: 50379 },
      { name: "timer-closed-none", with: { "Timers.Closed": "soon" }, code: 50380 },
    ],
    refusedUpdate: [
      { name: "empty-state", with: { State: "" }, code: 50374 },
      { name: "state-unknown", with: { State: "open" }, code: 50378 },
      {
        name: "messaging-service-unknown",
        with: { MessagingServiceSid: "MG00000000000000000000000000000000" },
        code: 50341,
      },
    ],
  },
  {
    name: "participant",
    token: "twilio:conversations:ServiceConversationParticipant",
    below: "conversation",
    create: { Identity: "{run}-participant-{each}" },
    update: { Attributes: '{"role":"agent"}' },
    refused: [
      { name: "nobody", with: {}, code: 50401 },
      { name: "twice", with: { Identity: "{run}-participant-a" }, code: 50433 },
      { name: "long-identity", with: { Identity: long(257) }, code: 50207 },
      {
        name: "address-none",
        with: { "MessagingBinding.Address": "somebody", "MessagingBinding.ProxyAddress": "+15005550006" },
        code: 50407,
      },
      {
        name: "address-is-proxy",
        with: { "MessagingBinding.Address": "+15005550006", "MessagingBinding.ProxyAddress": "+15005550006" },
        code: 50409,
      },
      {
        name: "proxy-of-nobody",
        with: { "MessagingBinding.Address": "+15005550009", "MessagingBinding.ProxyAddress": "+15005550001" },
        code: 50413,
      },
      { name: "proxy-missing", with: { "MessagingBinding.Address": "+15005550009" }, code: 50420 },
      { name: "attributes-no-json", with: { Identity: "{run}-x", Attributes: "{" }, code: 50304 },
    ],
  },
  {
    name: "message",
    token: "twilio:conversations:ServiceConversationMessage",
    below: "conversation",
    create: { Author: "{run}-author", Body: "hello {each}" },
    update: { Body: "changed", Attributes: '{"a":1}' },
    refused: [
      { name: "empty", with: { Author: "x" }, code: 50503 },
      { name: "media-unknown", with: { MediaSid: "ME00000000000000000000000000000000" }, code: 50507 },
      { name: "attributes-no-json", with: { Body: "x", Attributes: "{" }, code: 50304 },
      { name: "body-long", with: { Body: long(33_000) }, code: 50504 },
    ],
  },
  {
    name: "scoped-webhook",
    token: "twilio:conversations:ServiceConversationScopedWebhook",
    below: "conversation",
    create: {
      Target: "webhook",
      "Configuration.Url": "https://example.com/{each}",
      "Configuration.Method": "POST",
      "Configuration.Filters": ["onMessageAdded"],
    },
    update: { "Configuration.Url": "https://example.com/changed" },
    refused: [
      { name: "target-unknown", with: { Target: "pigeon" }, code: 50364 },
      { name: "url-missing", with: { Target: "webhook" }, code: 50369 },
      {
        name: "url-long",
        with: {
          Target: "webhook",
          "Configuration.Url": `https://example.com/${long(520)}`,
          "Configuration.Filters": ["onMessageAdded"],
        },
        code: 50372,
      },
      { name: "flow-missing", with: { Target: "studio" }, code: 50367 },
      {
        name: "trigger-missing",
        with: { Target: "trigger", "Configuration.Url": "https://example.com" },
        code: 50371,
      },
      {
        name: "filter-unknown",
        with: {
          Target: "webhook",
          "Configuration.Url": "https://example.com",
          "Configuration.Filters": ["onNothing"],
        },
        code: 50365,
      },
    ],
  },
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
  {
    name: "workspace",
    token: "twilio:taskrouter:Workspace",
    create: { FriendlyName: "{run}-workspace-{each}" },
    update: { FriendlyName: "{run}-workspace-renamed", EventCallbackUrl: "https://example.com/events" },
    refused: [{ name: "name-taken", with: { FriendlyName: "{run}-workspace-a" }, code: 20001 }],
  },
  {
    name: "activity",
    token: "twilio:taskrouter:Activity",
    below: "workspace",
    create: { FriendlyName: "activity-{each}", Available: "true" },
    update: { FriendlyName: "activity-renamed" },
    refused: [{ name: "name-taken", with: { FriendlyName: "activity-a" }, code: 20001 }],
  },
  {
    name: "task-queue",
    token: "twilio:taskrouter:TaskQueue",
    below: "workspace",
    create: { FriendlyName: "queue-{each}", TargetWorkers: "1==1" },
    update: { FriendlyName: "queue-renamed", MaxReservedWorkers: "5" },
    refused: [{ name: "expression", with: { FriendlyName: "x", TargetWorkers: "((" }, code: 20001 }],
  },
  {
    name: "workflow",
    token: "twilio:taskrouter:Workflow",
    below: "workspace",
    create: { FriendlyName: "workflow-{each}", Configuration: routing("{task-queue}") },
    update: { FriendlyName: "workflow-renamed" },
    refused: [
      { name: "configuration-no-json", with: { FriendlyName: "x", Configuration: "{" }, code: 20001 },
      {
        name: "queue-unknown",
        with: { FriendlyName: "x", Configuration: routing("WQ00000000000000000000000000000000") },
        code: 20001,
      },
    ],
  },
  {
    name: "worker",
    token: "twilio:taskrouter:Worker",
    below: "workspace",
    create: { FriendlyName: "worker-{each}", Attributes: '{"skill":"proof"}' },
    update: { FriendlyName: "worker-renamed", Attributes: '{"skill":"more"}' },
    refused: [
      { name: "attributes-no-json", with: { FriendlyName: "x", Attributes: "{" }, code: 20001 },
      { name: "name-taken", with: { FriendlyName: "worker-a" }, code: 20001 },
    ],
  },
  {
    name: "task-channel",
    token: "twilio:taskrouter:TaskChannel",
    below: "workspace",
    create: { FriendlyName: "channel-{each}", UniqueName: "channel-{each}" },
    update: { FriendlyName: "channel-renamed" },
    refused: [{ name: "name-taken", with: { FriendlyName: "x", UniqueName: "channel-a" }, code: 20001 }],
  },
  {
    name: "task",
    token: "twilio:taskrouter:Task",
    below: "workspace",
    create: { WorkflowSid: "{workflow}", Attributes: '{"n":"{each}"}', Priority: "1" },
    update: { Attributes: '{"n":"changed"}', Priority: "2" },
    refused: [
      { name: "attributes-no-json", with: { WorkflowSid: "{workflow}", Attributes: "{" }, code: 20001 },
      { name: "workflow-unknown", with: { WorkflowSid: "WW00000000000000000000000000000000" }, code: 20001 },
    ],
    refusedUpdate: [{ name: "status-unknown", with: { AssignmentStatus: "asleep" }, code: 20001 }],
  },
  {
    name: "workspace-statistics",
    token: "twilio:taskrouter:WorkspaceRealTimeStatistics",
    below: "workspace",
  },
  {
    name: "messaging-service",
    token: "twilio:messaging:Service",
    create: { FriendlyName: "{run}-pool-{each}" },
    update: {
      FriendlyName: "{run}-pool-renamed",
      InboundRequestUrl: "https://example.com/sms",
      StickySender: "false",
    },
    refused: [
      { name: "url-none", with: { FriendlyName: "{run}-x", InboundRequestUrl: "nowhere" }, code: 20001 },
    ],
  },
  {
    name: "messaging-service-number",
    token: "twilio:messaging:PhoneNumber",
    below: "messaging-service",
    refused: [
      { name: "unknown", with: { PhoneNumberSid: "PN00000000000000000000000000000000" }, code: 21701 },
    ],
  },
  {
    name: "sync-service",
    token: "twilio:sync:Service",
    create: { FriendlyName: "{run}-sync-{each}" },
    update: { FriendlyName: "{run}-sync-renamed", AclEnabled: "true" },
  },
  {
    name: "sync-document",
    token: "twilio:sync:Document",
    below: "sync-service",
    create: { UniqueName: "document-{each}", Data: '{"a":1}' },
    update: { Data: '{"a":2}' },
    refused: [
      { name: "name-taken", with: { UniqueName: "document-a" }, code: 54301 },
      { name: "data-no-json", with: { UniqueName: "x", Data: "{" }, code: 54008 },
    ],
  },
  {
    name: "sync-list",
    token: "twilio:sync:SyncList",
    below: "sync-service",
    create: { UniqueName: "list-{each}" },
    update: { Ttl: "3600" },
    refused: [{ name: "name-taken", with: { UniqueName: "list-a" }, code: 54301 }],
  },
  {
    name: "sync-list-item",
    token: "twilio:sync:SyncListItem",
    below: "sync-list",
    create: { Data: '{"n":"{each}"}' },
    update: { Data: '{"n":"changed"}' },
  },
  {
    name: "sync-map",
    token: "twilio:sync:SyncMap",
    below: "sync-service",
    create: { UniqueName: "map-{each}" },
    update: { Ttl: "3600" },
  },
  {
    name: "sync-map-item",
    token: "twilio:sync:SyncMapItem",
    below: "sync-map",
    create: { Key: "key-{each}", Data: '{"n":"{each}"}' },
    update: { Data: '{"n":"changed"}' },
    refused: [{ name: "key-taken", with: { Key: "key-a", Data: "{}" }, code: 54208 }],
  },
  {
    name: "content",
    token: "twilio:content:Content",
    json: {
      friendly_name: "{run}-content-{each}",
      language: "en",
      variables: { "1": "somebody" },
      types: { "twilio/text": { body: "Hello {{1}}" } },
    },
  },
  {
    name: "application",
    token: "twilio:api:Application",
    create: { FriendlyName: "{run}-application-{each}", SmsUrl: "https://example.com/sms" },
    update: { FriendlyName: "{run}-application-renamed", SmsMethod: "GET" },
    refused: [{ name: "url-none", with: { FriendlyName: "{run}-x", SmsUrl: "nowhere" }, code: 21502 }],
  },
];
