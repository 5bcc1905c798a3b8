import { conversationsAndSync } from "./examples/conversations-and-sync.ts";
import { messagingAndTrust } from "./examples/messaging-and-trust.ts";
import { voiceAndAccounts } from "./examples/voice-and-accounts.ts";

/**
 * An example of each resource; those that a support line meets first stand here. An example names other examples by what they call their
 * resource, so that together they are one program (example-program.ts), which the tests type-check and deploy. What
 * each resource and its inputs are for is in `words/`.
 */
export interface Described {
  /** What its example calls it: a name in a program, and the name of the resource. */
  readonly name: string;
  /** Arguments as TypeScript, each with its value; one of several lines is indented by its own. */
  readonly example: readonly string[];
}

const line: Readonly<Record<string, Described>> = {
  "twilio:serverless:Service": {
    name: "functions",
    example: ['uniqueName: "support-line"', 'friendlyName: "Support line"', "includeCredentials: true"],
  },
  "twilio:serverless:Environment": {
    name: "live",
    example: ["serviceSid: functions.sid", 'uniqueName: "live"'],
  },
  "twilio:serverless:Variable": {
    name: "agent",
    example: [
      "serviceSid: functions.sid",
      "environmentSid: live.sid",
      'key: "AGENT"',
      'value: config.requireSecret("agent")',
    ],
  },
  "twilio:serverless:Function": {
    name: "addAgent",
    example: [
      "serviceSid: functions.sid",
      'friendlyName: "add-agent"',
      'path: "/add-agent"',
      'visibility: "protected"',
      'content: new pulumi.asset.FileAsset("dist/add-agent.js")',
    ],
  },
  "twilio:serverless:Asset": {
    name: "hours",
    example: [
      "serviceSid: functions.sid",
      'friendlyName: "hours"',
      'path: "/hours.json"',
      'visibility: "private"',
      'content: new pulumi.asset.FileAsset("hours.json")',
    ],
  },
  "twilio:serverless:Build": {
    name: "build",
    example: [
      "serviceSid: functions.sid",
      "functionVersions: [addAgent.versionSid]",
      'dependencies: { twilio: "6.2.0" }',
    ],
  },
  "twilio:serverless:Deployment": {
    name: "deployment",
    example: ["serviceSid: functions.sid", "environmentSid: live.sid", "buildSid: build.sid"],
  },
  "twilio:studio:Flow": {
    name: "flow",
    example: [
      'friendlyName: "Support"',
      'status: "published"',
      'definition: JSON.parse(readFileSync("flow.json", "utf8"))',
    ],
  },
  "twilio:studio:FlowTestUser": {
    name: "testers",
    example: ["sid: flow.sid", 'testUsers: ["+15550100299"]'],
  },
  "twilio:conversations:Service": {
    name: "conversations",
    example: ['friendlyName: "Support"'],
  },
  "twilio:conversations:Configuration": {
    name: "defaults",
    example: ['defaultInactiveTimer: "PT12H"', 'defaultClosedTimer: "P30D"'],
  },
  "twilio:conversations:ConfigurationWebhook": {
    name: "accountHook",
    example: [
      'filters: ["onMessageAdded"]',
      'postWebhookUrl: "https://support.example.com/hook"',
      'target: "webhook"',
    ],
  },
  "twilio:conversations:ServiceConfiguration": {
    name: "reachability",
    example: ["chatServiceSid: conversations.sid", "reachabilityEnabled: true"],
  },
  "twilio:conversations:ServiceWebhookConfiguration": {
    name: "serviceHook",
    example: [
      "chatServiceSid: conversations.sid",
      'filters: ["onConversationAdded"]',
      'postWebhookUrl: "https://support.example.com/hook"',
    ],
  },
  "twilio:conversations:ServiceNotification": {
    name: "pushes",
    example: ["chatServiceSid: conversations.sid", "logEnabled: true"],
  },
  "twilio:conversations:AddressConfiguration": {
    name: "address",
    example: [
      'type: "sms"',
      "address: pulumi.interpolate`${supportNumber.phoneNumber}`",
      'autoCreation: {\n  enabled: true,\n  type: "studio",\n  conversationServiceSid: conversations.sid,\n  studioFlowSid: flow.sid,\n}',
    ],
  },
  "twilio:conversations:ServiceConversation": {
    name: "room",
    example: ["chatServiceSid: conversations.sid", 'friendlyName: "Team room"', 'uniqueName: "team-room"'],
  },
  "twilio:conversations:ServiceConversationParticipant": {
    name: "adaInRoom",
    example: ["chatServiceSid: conversations.sid", "conversationSid: room.sid", 'identity: "ada"'],
  },
  "twilio:conversations:ServiceConversationScopedWebhook": {
    name: "roomFlow",
    example: [
      "chatServiceSid: conversations.sid",
      "conversationSid: room.sid",
      'target: "studio"',
      "configuration: { flowSid: flow.sid }",
    ],
  },
  "twilio:conversations:ServiceRole": {
    name: "agentRole",
    example: [
      "chatServiceSid: conversations.sid",
      'friendlyName: "agent"',
      'type: "conversation"',
      'permission: ["sendMessage", "leaveConversation"]',
    ],
  },
  "twilio:conversations:ServiceUser": {
    name: "adaInChat",
    example: ["chatServiceSid: conversations.sid", 'identity: "ada"', 'friendlyName: "Ada"'],
  },
  "twilio:conversations:Credential": {
    name: "android",
    example: ['type: "fcm"', 'friendlyName: "Android"', 'secret: config.requireSecret("fcm")'],
  },
  "twilio:taskrouter:Workspace": {
    name: "team",
    example: ['friendlyName: "Team"'],
  },
  "twilio:taskrouter:Activity": {
    name: "atTheDesk",
    example: ["workspaceSid: team.sid", 'friendlyName: "At the desk"', "available: true"],
  },
  "twilio:taskrouter:Worker": {
    name: "ada",
    example: [
      "workspaceSid: team.sid",
      'friendlyName: "ada"',
      'attributes: JSON.stringify({ languages: ["en"] })',
    ],
  },
  "twilio:taskrouter:TaskQueue": {
    name: "english",
    example: ["workspaceSid: team.sid", 'friendlyName: "English"', "targetWorkers: 'languages HAS \"en\"'"],
  },
  "twilio:taskrouter:Workflow": {
    name: "support",
    example: [
      "workspaceSid: team.sid",
      'friendlyName: "Support"',
      "configuration: { taskRouting: { defaultFilter: { queue: english.sid } } }",
    ],
  },
  "twilio:taskrouter:TaskChannel": {
    name: "chat",
    example: ["workspaceSid: team.sid", 'friendlyName: "Chat"', 'uniqueName: "support-chat"'],
  },
  "twilio:flex:Configuration": {
    name: "flex",
    example: ["taskrouterWorkspaceSid: team.sid", "callRecordingEnabled: false"],
  },
  "twilio:flex:FlexFlow": {
    name: "smsToFlex",
    example: [
      'friendlyName: "SMS"',
      "chatServiceSid: conversations.sid",
      'channelType: "sms"',
      "contactIdentity: supportNumber.phoneNumber",
      'integrationType: "studio"',
      "integration: { flowSid: flow.sid }",
    ],
  },
  "twilio:api:IncomingPhoneNumber": {
    name: "supportNumber",
    example: ['phoneNumber: "+12025550102"', 'friendlyName: "Support"', "voiceUrl: flow.webhookUrl"],
  },
  "twilio:api:Key": {
    name: "taskGiver",
    example: ['friendlyName: "Task giver"'],
  },
  "twilio:api:Application": {
    name: "application",
    example: ['friendlyName: "Support"', 'smsUrl: "https://support.example.com/sms"'],
  },
  "twilio:api:Account": {
    name: "staging",
    example: ['friendlyName: "Staging"'],
  },
  "twilio:messaging:Service": {
    name: "senders",
    example: ['friendlyName: "Support"', "stickySender: true"],
  },
  "twilio:messaging:PhoneNumber": {
    name: "sender",
    example: ["serviceSid: senders.sid", "phoneNumberSid: supportNumber.sid"],
  },
  "twilio:messaging:ChannelsSender": {
    name: "whatsapp",
    example: ['senderId: "whatsapp:+12025550101"', 'profile: { name: "Support" }'],
  },
  "twilio:content:Content": {
    name: "weAreBack",
    example: [
      'friendlyName: "We are back"',
      'language: "en"',
      'variables: { "1": "name" }',
      'types: { "twilio/text": { body: "Hello {{1}}, we are back." } }',
    ],
  },
  "twilio:sync:Service": {
    name: "presence",
    example: ['friendlyName: "Who is there"'],
  },
  "twilio:events:Sink": {
    name: "events",
    example: [
      'description: "Events"',
      'sinkType: "webhook"',
      'sinkConfiguration: {\n  destination: "https://support.example.com/events",\n  method: "POST",\n  batchEvents: false,\n}',
    ],
  },
};

/** All of them, by token. */
export const described: Readonly<Record<string, Described>> = {
  ...line,
  ...conversationsAndSync,
  ...messagingAndTrust,
  ...voiceAndAccounts,
};
