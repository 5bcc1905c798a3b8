/** Inputs that must say something in particular, by resource and wire name: what a create and what an update says; null leaves one out. */
import type { Sample } from "./sample.ts";

type Given = Readonly<Record<string, readonly [Sample, Sample]>>;

const out = [null, null] as const;
const attributes = ['{"tier":1}', '{"tier":2}'] as const;
const timed = { "Timers.Inactive": ["PT1H", "PT2H"], "Timers.Closed": ["PT9H", "PT8H"] } as const;
const rules: readonly [Sample, Sample] = [[{ type: "include", all: true }], [{ type: "exclude", all: true }]];

/** Neither path shows e-mail bindings here: the local Twilio has no e-mail. */
const conversation: Given = {
  State: ["active", "inactive"],
  Attributes: attributes,
  MessagingServiceSid: out,
  UniqueName: out,
  ...timed,
  "Bindings.Email.Address": out,
  "Bindings.Email.Name": out,
};
const participant: Given = {
  Identity: ["ada", "ada"],
  Attributes: attributes,
  "MessagingBinding.Address": out,
  "MessagingBinding.ProxyAddress": out,
  "MessagingBinding.ProjectedAddress": out,
  RoleSid: out,
  DateCreated: out,
  DateUpdated: out,
};
const scopedWebhook: Given = {
  Target: ["webhook", "webhook"],
  "Configuration.Url": ["https://example.com/1", "https://example.com/2"],
  "Configuration.Filters": [["onMessageAdded"], ["onMessageUpdated"]],
  "Configuration.Triggers": out,
  "Configuration.FlowSid": out,
};
const definition = (description: string) => ({
  description,
  initial_state: "Trigger",
  states: [{ name: "Trigger", type: "trigger", properties: {}, transitions: [{ event: "incomingRequest" }] }],
});

const routing = (name: string) =>
  JSON.stringify({ task_routing: { filters: [], default_filter: { queue: `WQ${"1".repeat(32)}` }, name } });

const role: Given = { Permission: [["sendMessage"], ["leaveConversation"]] };

export const givenInputs: Readonly<Record<string, Given>> = {
  "twilio:conversations:Role": role,
  "twilio:conversations:ServiceRole": role,
  "twilio:studio:Flow": {
    Status: ["published", "published"],
    Definition: [definition("one"), definition("two")],
  },
  "twilio:studio:FlowTestUser": { TestUsers: [["+15550100299"], ["+15550100298"]] },
  "twilio:conversations:AddressConfiguration": {
    Type: ["sms", "sms"],
    Address: ["+15550100001", "+15550100001"],
    "AutoCreation.Enabled": [true, false],
    "AutoCreation.Type": ["webhook", "webhook"],
    "AutoCreation.ConversationServiceSid": out,
    "AutoCreation.WebhookUrl": ["https://example.com/1", "https://example.com/2"],
    "AutoCreation.WebhookFilters": [["onMessageAdded"], ["onMessageUpdated"]],
    "AutoCreation.StudioFlowSid": out,
    "AutoCreation.StudioRetryCount": out,
    AddressCountry: out,
  },
  "twilio:conversations:Configuration": {
    DefaultChatServiceSid: out,
    DefaultMessagingServiceSid: out,
    DefaultInactiveTimer: ["PT1H", "PT2H"],
    DefaultClosedTimer: ["PT9H", "PT8H"],
  },
  "twilio:conversations:OrchestratorConfiguration": {
    displayName: ["line one", "line two"],
    memoryStoreId: out,
    conversationsV1Bridge: out,
    channelSettings: [{ SMS: {}, WHATSAPP: {} }, { SMS: {} }],
  },
  "twilio:conversations:Conversation": conversation,
  "twilio:conversations:ServiceConversation": conversation,
  "twilio:conversations:ConversationParticipant": participant,
  "twilio:conversations:ServiceConversationParticipant": participant,
  "twilio:conversations:ConversationScopedWebhook": scopedWebhook,
  "twilio:conversations:ServiceConversationScopedWebhook": scopedWebhook,
  "twilio:api:IncomingPhoneNumber": { PhoneNumber: out, AreaCode: ["202", "202"], AccountSid: out },
  "twilio:messaging:ChannelsSender": {
    sender_id: ["whatsapp:+12025550101", "whatsapp:+12025550101"],
    profile: [{ name: "One" }, { name: "Two" }],
  },
  "twilio:taskrouter:Worker": { ActivitySid: out },
  "twilio:taskrouter:Workspace": { DefaultActivitySid: out, TimeoutActivitySid: out },
  "twilio:taskrouter:Workflow": { Configuration: [routing("one"), routing("two")] },
  "twilio:video:RoomRecordingRule": { Rules: rules },
  "twilio:video:RoomParticipantSubscribeRule": { Rules: rules },
};

/** Path parameters that name no resource. */
export const naturalParents: Readonly<Record<string, string>> = {
  ResourceType: "Calls",
  PhoneNumber: "+15550100001",
  Field: "line_type",
  Bucket: "by-night",
  Identity: "ada",
  SipDomain: "line.sip.twilio.com",
  SipTrunkDomain: "line.pstn.twilio.com",
  TaskChannel: "chat",
  BusinessSid: "BU00000000000000000000000000000001",
};

interface WithoutMethod {
  readonly calls: readonly string[];
  readonly reason: string;
}

/** What the client, twilio 6.2.0, has no method for, each with the reason. */
export const knownWithoutMethod: readonly WithoutMethod[] = [
  {
    calls: [
      ...["Assistant", "Tool", "Knowledge"].flatMap((name) =>
        ["create", "fetch", "remove", "update"].map((method) => `twilio:assistants:${name} ${method}`),
      ),
      "twilio:assistants:Knowledge list",
      ...["AssistantKnowledgeAttachment", "AssistantToolAttachment"].flatMap((name) =>
        ["create", "remove"].map((method) => `twilio:assistants:${name} ${method}`),
      ),
    ],
    reason: "the client has no product assistants",
  },
  {
    calls: ["create", "fetch", "list", "remove", "update"].map((method) => `twilio:monitor:Alarm ${method}`),
    reason: "the client has version 1 of monitor, and alarms are version 2's",
  },
];
