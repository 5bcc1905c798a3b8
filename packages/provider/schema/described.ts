/**
 * The resources that a support line meets, in our own words: what each is for, and the inputs of an example, as a
 * program writes them. Everything else is described by data (`shape/describe.ts`).
 */
export interface Described {
  readonly says: string;
  /** Arguments as TypeScript, without the braces. */
  readonly example: string;
}

export const described: Readonly<Record<string, Described>> = {
  "twilio:serverless:Service": {
    says: "The house of Functions and Assets: its Environments are what is called.",
    example: 'uniqueName: "support-line", friendlyName: "Support line", includeCredentials: true',
  },
  "twilio:serverless:Environment": {
    says: "A domain that runs one Build of its Service.",
    example: 'serviceSid: service.sid, uniqueName: "live"',
  },
  "twilio:serverless:Variable": {
    says: "What Functions read from their context. Changing it is one call and needs no Build.",
    example:
      'serviceSid: service.sid, environmentSid: environment.sid, key: "AGENT", value: config.requireSecret("agent")',
  },
  "twilio:serverless:Function": {
    says: "JavaScript that Twilio runs when its path is called; uploaded only when its content changed.",
    example:
      'serviceSid: service.sid, friendlyName: "add-agent", path: "/add-agent", visibility: "protected", content: new pulumi.asset.FileAsset("dist/add-agent.js")',
  },
  "twilio:serverless:Asset": {
    says: "A file that Functions read or that the domain serves.",
    example:
      'serviceSid: service.sid, friendlyName: "hours", path: "/hours.json", visibility: "private", content: new pulumi.asset.FileAsset("hours.json")',
  },
  "twilio:serverless:Build": {
    says: "Versions of Functions and Assets put together with their packages. It never changes: another content is another Build.",
    example:
      'serviceSid: service.sid, functionVersions: [addAgent.versionSid], dependencies: { twilio: "6.2.0" }',
  },
  "twilio:serverless:Deployment": {
    says: "Which Build an Environment runs.",
    example: "serviceSid: service.sid, environmentSid: environment.sid, buildSid: build.sid",
  },
  "twilio:studio:Flow": {
    says: "A conversation's course as Studio draws it. A preview names the widgets that change.",
    example:
      'friendlyName: "Support", status: "published", definition: JSON.parse(readFileSync("flow.json", "utf8"))',
  },
  "twilio:studio:FlowTestUser": {
    says: "Who gets the draft of a Flow instead of what is published.",
    example: 'sid: flow.sid, testUsers: ["+15550100299"]',
  },
  "twilio:conversations:Service": {
    says: "Where Conversations, their users and roles live. Deleting it would delete them all.",
    example: 'friendlyName: "Support"',
  },
  "twilio:conversations:Configuration": {
    says: "What holds for the Conversations of the whole account: the default Service and how long they stay open.",
    example: 'defaultChatServiceSid: service.sid, defaultClosedTimer: "P30D"',
  },
  "twilio:conversations:ConfigurationWebhook": {
    says: "Who hears of what happens in the Conversations of the whole account.",
    example:
      'filters: ["onMessageAdded"], postWebhookUrl: "https://support.example.com/hook", target: "webhook"',
  },
  "twilio:conversations:ServiceConfiguration": {
    says: "The roles that users and participants of a Service begin with.",
    example: "chatServiceSid: service.sid, reachabilityEnabled: true",
  },
  "twilio:conversations:ServiceWebhookConfiguration": {
    says: "Who hears of what happens in the Conversations of a Service.",
    example:
      'chatServiceSid: service.sid, filters: ["onConversationAdded"], postWebhookUrl: "https://support.example.com/hook"',
  },
  "twilio:conversations:ServiceNotification": {
    says: "Which push notifications the users of a Service get.",
    example: "chatServiceSid: service.sid, logEnabled: true",
  },
  "twilio:conversations:AddressConfiguration": {
    says: "What a message to one of the account's addresses begins: a Conversation, and with it a Flow or a webhook.",
    example:
      'type: "sms", address: "+15550100001", autoCreation: { enabled: true, type: "studio", conversationServiceSid: service.sid, studioFlowSid: flow.sid }',
  },
  "twilio:conversations:ServiceConversation": {
    says: "A Conversation that stands before anybody writes, of a Service of one's own.",
    example: 'chatServiceSid: service.sid, friendlyName: "Team room", uniqueName: "team-room"',
  },
  "twilio:conversations:ServiceConversationParticipant": {
    says: "Who takes part in a Conversation: an address and the number it talks to, or a chat identity.",
    example: 'chatServiceSid: service.sid, conversationSid: room.sid, identity: "ada"',
  },
  "twilio:conversations:ServiceConversationScopedWebhook": {
    says: "A webhook or a Flow of one Conversation.",
    example:
      'chatServiceSid: service.sid, conversationSid: room.sid, target: "studio", configuration: { flowSid: flow.sid }',
  },
  "twilio:conversations:ServiceRole": {
    says: "What those who have it may do in a Service or in a Conversation of it.",
    example:
      'chatServiceSid: service.sid, friendlyName: "agent", type: "conversation", permission: ["sendMessage", "leaveConversation"]',
  },
  "twilio:conversations:ServiceUser": {
    says: "A chat identity of a Service, known before it first speaks.",
    example: 'chatServiceSid: service.sid, identity: "ada", friendlyName: "Ada"',
  },
  "twilio:conversations:Credential": {
    says: "What Twilio sends push notifications with.",
    example: 'type: "fcm", friendlyName: "Android", secret: config.requireSecret("fcm")',
  },
  "twilio:taskrouter:Workspace": {
    says: "A team with everything that decides who gets which task.",
    example: 'friendlyName: "Team"',
  },
  "twilio:taskrouter:Activity": {
    says: "What a worker is doing, and whether tasks come meanwhile.",
    example: 'workspaceSid: workspace.sid, friendlyName: "At the desk", available: true',
  },
  "twilio:taskrouter:Worker": {
    says: "Somebody who takes tasks.",
    example:
      'workspaceSid: workspace.sid, friendlyName: "ada", attributes: JSON.stringify({ languages: ["en"] })',
  },
  "twilio:taskrouter:TaskQueue": {
    says: "Tasks in a row, and which workers may take them.",
    example: 'workspaceSid: workspace.sid, friendlyName: "English", targetWorkers: \'languages HAS "en"\'',
  },
  "twilio:taskrouter:Workflow": {
    says: "Which queue a task goes to, and where next when nobody takes it.",
    example:
      'workspaceSid: workspace.sid, friendlyName: "Support", configuration: queue.sid.apply((sid) => JSON.stringify({ task_routing: { default_filter: { queue: sid } } }))',
  },
  "twilio:taskrouter:TaskChannel": {
    says: "A kind of task, so that a worker's share of each can be set.",
    example: 'workspaceSid: workspace.sid, friendlyName: "Chat", uniqueName: "support-chat"',
  },
  "twilio:flex:Configuration": {
    says: "The settings of the account's Flex.",
    example: "taskrouterWorkspaceSid: workspace.sid, callRecordingEnabled: false",
  },
  "twilio:flex:FlexFlow": {
    says: "Where a contact that comes in goes on Flex.",
    example:
      'friendlyName: "SMS", chatServiceSid: service.sid, channelType: "sms", contactIdentity: "+15550100001", integrationType: "studio", integration: { flowSid: flow.sid }',
  },
  "twilio:api:IncomingPhoneNumber": {
    says: "A phone number of the account. Creating it buys the number; it stays when the stack goes, unless told otherwise.",
    example: 'phoneNumber: "+15550100001", friendlyName: "Support", smsUrl: flow.webhookUrl',
  },
  "twilio:api:Key": {
    says: "An API key. Twilio shows its secret once; it is kept encrypted in the state.",
    example: 'friendlyName: "Task giver"',
  },
  "twilio:api:Application": {
    says: "Where calls and messages go that name an application instead of a URL.",
    example: 'friendlyName: "Support", smsUrl: "https://support.example.com/sms"',
  },
  "twilio:api:Account": {
    says: "A subaccount. Twilio deletes none: one that leaves the stack stays.",
    example: 'friendlyName: "Staging"',
  },
  "twilio:messaging:Service": {
    says: "Senders that send as one, with rules for which of them does.",
    example: 'friendlyName: "Support", stickySender: true',
  },
  "twilio:messaging:PhoneNumber": {
    says: "A number of the account in a Messaging Service.",
    example: "serviceSid: messaging.sid, phoneNumberSid: number.sid",
  },
  "twilio:messaging:ChannelsSender": {
    says: "A WhatsApp sender.",
    example: 'senderId: "whatsapp:+15550100001", profile: { name: "Support" }',
  },
  "twilio:content:Content": {
    says: "A template for messages, as WhatsApp asks for where the customer did not write first.",
    example:
      'friendlyName: "We are back", language: "en", variables: { "1": "name" }, types: { "twilio/text": { body: "Hello {{1}}, we are back." } }',
  },
  "twilio:sync:Service": {
    says: "State that programs share and are told of when it changes.",
    example: 'friendlyName: "Who is there"',
  },
  "twilio:events:Sink": {
    says: "Where Twilio's events are sent.",
    example:
      'description: "Events", sinkType: "webhook", sinkConfiguration: { destination: "https://support.example.com/events", method: "POST", batch_events: false }',
  },
};
