/**
 * The resources that a support line meets, in our own words: what each is for, and an example. An example names other
 * examples by what they call their resource, so that together they are one program (example-program.ts), which the
 * tests type-check and deploy. Everything else is described by data (`shape/describe.ts`).
 */
export interface Described {
  /** What its example calls it: a name in a program, and the name of the resource. */
  readonly name: string;
  readonly says: string;
  /** Arguments as TypeScript, each with its value; one of several lines is indented by its own. */
  readonly example: readonly string[];
}

export const described: Readonly<Record<string, Described>> = {
  "twilio:serverless:Service": {
    name: "functions",
    says: "The house of Functions and Assets: its Environments are what is called.",
    example: ['uniqueName: "support-line"', 'friendlyName: "Support line"', "includeCredentials: true"],
  },
  "twilio:serverless:Environment": {
    name: "live",
    says: "A domain that runs one Build of its Service.",
    example: ["serviceSid: functions.sid", 'uniqueName: "live"'],
  },
  "twilio:serverless:Variable": {
    name: "agent",
    says: "What Functions read from their context. Changing it is one call and needs no Build.",
    example: [
      "serviceSid: functions.sid",
      "environmentSid: live.sid",
      'key: "AGENT"',
      'value: config.requireSecret("agent")',
    ],
  },
  "twilio:serverless:Function": {
    name: "addAgent",
    says: "JavaScript that Twilio runs when its path is called; uploaded only when its content changed.",
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
    says: "A file that Functions read or that the domain serves.",
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
    says: "Versions of Functions and Assets put together with their packages. It never changes: another content is another Build.",
    example: [
      "serviceSid: functions.sid",
      "functionVersions: [addAgent.versionSid]",
      'dependencies: { twilio: "6.2.0" }',
    ],
  },
  "twilio:serverless:Deployment": {
    name: "deployment",
    says: "Which Build an Environment runs.",
    example: ["serviceSid: functions.sid", "environmentSid: live.sid", "buildSid: build.sid"],
  },
  "twilio:studio:Flow": {
    name: "flow",
    says: "A conversation's course as Studio draws it. A preview names the widgets that change.",
    example: [
      'friendlyName: "Support"',
      'status: "published"',
      'definition: JSON.parse(readFileSync("flow.json", "utf8"))',
    ],
  },
  "twilio:studio:FlowTestUser": {
    name: "testers",
    says: "Who gets the draft of a Flow instead of what is published.",
    example: ["sid: flow.sid", 'testUsers: ["+15550100299"]'],
  },
  "twilio:conversations:Service": {
    name: "conversations",
    says: "Where Conversations, their users and roles live. Deleting it would delete them all.",
    example: ['friendlyName: "Support"'],
  },
  "twilio:conversations:Configuration": {
    name: "defaults",
    says: "What holds for the Conversations of the whole account: the default Service and how long they stay open.",
    example: ["defaultChatServiceSid: conversations.sid", 'defaultClosedTimer: "P30D"'],
  },
  "twilio:conversations:ConfigurationWebhook": {
    name: "accountHook",
    says: "Who hears of what happens in the Conversations of the whole account.",
    example: [
      'filters: ["onMessageAdded"]',
      'postWebhookUrl: "https://support.example.com/hook"',
      'target: "webhook"',
    ],
  },
  "twilio:conversations:ServiceConfiguration": {
    name: "reachability",
    says: "The roles that users and participants of a Service begin with.",
    example: ["chatServiceSid: conversations.sid", "reachabilityEnabled: true"],
  },
  "twilio:conversations:ServiceWebhookConfiguration": {
    name: "serviceHook",
    says: "Who hears of what happens in the Conversations of a Service.",
    example: [
      "chatServiceSid: conversations.sid",
      'filters: ["onConversationAdded"]',
      'postWebhookUrl: "https://support.example.com/hook"',
    ],
  },
  "twilio:conversations:ServiceNotification": {
    name: "pushes",
    says: "Which push notifications the users of a Service get.",
    example: ["chatServiceSid: conversations.sid", "logEnabled: true"],
  },
  "twilio:conversations:AddressConfiguration": {
    name: "address",
    says: "What a message to one of the account's addresses begins: a Conversation, and with it a Flow or a webhook.",
    example: [
      'type: "sms"',
      "address: pulumi.interpolate`${supportNumber.phoneNumber}`",
      'autoCreation: {\n  enabled: true,\n  type: "studio",\n  conversationServiceSid: conversations.sid,\n  studioFlowSid: flow.sid,\n}',
    ],
  },
  "twilio:conversations:ServiceConversation": {
    name: "room",
    says: "A Conversation that stands before anybody writes, of a Service of one's own.",
    example: ["chatServiceSid: conversations.sid", 'friendlyName: "Team room"', 'uniqueName: "team-room"'],
  },
  "twilio:conversations:ServiceConversationParticipant": {
    name: "adaInRoom",
    says: "Who takes part in a Conversation: an address and the number it talks to, or a chat identity.",
    example: ["chatServiceSid: conversations.sid", "conversationSid: room.sid", 'identity: "ada"'],
  },
  "twilio:conversations:ServiceConversationScopedWebhook": {
    name: "roomFlow",
    says: "A webhook or a Flow of one Conversation.",
    example: [
      "chatServiceSid: conversations.sid",
      "conversationSid: room.sid",
      'target: "studio"',
      "configuration: { flowSid: flow.sid }",
    ],
  },
  "twilio:conversations:ServiceRole": {
    name: "agentRole",
    says: "What those who have it may do in a Service or in a Conversation of it.",
    example: [
      "chatServiceSid: conversations.sid",
      'friendlyName: "agent"',
      'type: "conversation"',
      'permission: ["sendMessage", "leaveConversation"]',
    ],
  },
  "twilio:conversations:ServiceUser": {
    name: "adaInChat",
    says: "A chat identity of a Service, known before it first speaks.",
    example: ["chatServiceSid: conversations.sid", 'identity: "ada"', 'friendlyName: "Ada"'],
  },
  "twilio:conversations:Credential": {
    name: "android",
    says: "What Twilio sends push notifications with.",
    example: ['type: "fcm"', 'friendlyName: "Android"', 'secret: config.requireSecret("fcm")'],
  },
  "twilio:taskrouter:Workspace": {
    name: "team",
    says: "A team with everything that decides who gets which task.",
    example: ['friendlyName: "Team"'],
  },
  "twilio:taskrouter:Activity": {
    name: "atTheDesk",
    says: "What a worker is doing, and whether tasks come meanwhile.",
    example: ["workspaceSid: team.sid", 'friendlyName: "At the desk"', "available: true"],
  },
  "twilio:taskrouter:Worker": {
    name: "ada",
    says: "Somebody who takes tasks.",
    example: [
      "workspaceSid: team.sid",
      'friendlyName: "ada"',
      'attributes: JSON.stringify({ languages: ["en"] })',
    ],
  },
  "twilio:taskrouter:TaskQueue": {
    name: "english",
    says: "Tasks in a row, and which workers may take them.",
    example: ["workspaceSid: team.sid", 'friendlyName: "English"', "targetWorkers: 'languages HAS \"en\"'"],
  },
  "twilio:taskrouter:Workflow": {
    name: "support",
    says: "Which queue a task goes to, and where next when nobody takes it.",
    example: [
      "workspaceSid: team.sid",
      'friendlyName: "Support"',
      "configuration: english.sid.apply((queue) =>\n  JSON.stringify({ task_routing: { default_filter: { queue } } }),\n)",
    ],
  },
  "twilio:taskrouter:TaskChannel": {
    name: "chat",
    says: "A kind of task, so that a worker's share of each can be set.",
    example: ["workspaceSid: team.sid", 'friendlyName: "Chat"', 'uniqueName: "support-chat"'],
  },
  "twilio:flex:Configuration": {
    name: "flex",
    says: "The settings of the account's Flex.",
    example: ["taskrouterWorkspaceSid: team.sid", "callRecordingEnabled: false"],
  },
  "twilio:flex:FlexFlow": {
    name: "smsToFlex",
    says: "Where a contact that comes in goes on Flex.",
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
    says: "A phone number of the account. Creating it buys the number; it stays when the stack goes, unless told otherwise.",
    example: ['phoneNumber: "+12025550102"', 'friendlyName: "Support"', "voiceUrl: flow.webhookUrl"],
  },
  "twilio:api:Key": {
    name: "taskGiver",
    says: "An API key. Twilio shows its secret once; it is kept encrypted in the state.",
    example: ['friendlyName: "Task giver"'],
  },
  "twilio:api:Application": {
    name: "application",
    says: "Where calls and messages go that name an application instead of a URL.",
    example: ['friendlyName: "Support"', 'smsUrl: "https://support.example.com/sms"'],
  },
  "twilio:api:Account": {
    name: "staging",
    says: "A subaccount. Twilio deletes none: one that leaves the stack stays.",
    example: ['friendlyName: "Staging"'],
  },
  "twilio:messaging:Service": {
    name: "senders",
    says: "Senders that send as one, with rules for which of them does.",
    example: ['friendlyName: "Support"', "stickySender: true"],
  },
  "twilio:messaging:PhoneNumber": {
    name: "sender",
    says: "A number of the account in a Messaging Service.",
    example: ["serviceSid: senders.sid", "phoneNumberSid: supportNumber.sid"],
  },
  "twilio:messaging:ChannelsSender": {
    name: "whatsapp",
    says: "A WhatsApp sender.",
    example: ['senderId: "whatsapp:+12025550101"', 'profile: { name: "Support" }'],
  },
  "twilio:content:Content": {
    name: "weAreBack",
    says: "A template for messages, as WhatsApp asks for where the customer did not write first.",
    example: [
      'friendlyName: "We are back"',
      'language: "en"',
      'variables: { "1": "name" }',
      'types: { "twilio/text": { body: "Hello {{1}}, we are back." } }',
    ],
  },
  "twilio:sync:Service": {
    name: "presence",
    says: "State that programs share and are told of when it changes.",
    example: ['friendlyName: "Who is there"'],
  },
  "twilio:events:Sink": {
    name: "events",
    says: "Where Twilio's events are sent.",
    example: [
      'description: "Events"',
      'sinkType: "webhook"',
      'sinkConfiguration: {\n  destination: "https://support.example.com/events",\n  method: "POST",\n  batch_events: false,\n}',
    ],
  },
};
