/** Examples of Conversations, TaskRouter, Flex, Sync and events. */
import type { Described } from "../described.ts";

export const conversationsAndSync: Readonly<Record<string, Described>> = {
  "twilio:conversations:Conversation": {
    name: "lobby",
    example: ['friendlyName: "Lobby"', 'uniqueName: "lobby"'],
  },
  "twilio:conversations:ConversationParticipant": {
    name: "graceInLobby",
    example: ["conversationSid: lobby.sid", 'identity: "grace"'],
  },
  "twilio:conversations:ConversationScopedWebhook": {
    name: "lobbyHook",
    example: [
      "conversationSid: lobby.sid",
      'target: "webhook"',
      'configuration: { url: "https://support.example.com/hook", filters: ["onMessageAdded"] }',
    ],
  },
  "twilio:conversations:Role": {
    name: "guest",
    example: ['friendlyName: "guest"', 'type: "conversation"', 'permission: ["sendMessage"]'],
  },
  "twilio:conversations:User": { name: "grace", example: ['identity: "grace"', 'friendlyName: "Grace"'] },
  "twilio:memory:Store": { name: "memory", example: ['displayName: "support-line"'] },
  "twilio:conversations:OrchestratorConfiguration": {
    name: "orchestrator",
    example: [
      'displayName: "Support line"',
      'description: "The line as it is"',
      'conversationGroupingType: "GROUP_BY_PROFILE"',
      "memoryStoreId: memory.twilioId",
      "conversationsV1Bridge: { serviceId: conversations.sid }",
    ],
  },
  "twilio:taskrouter:WorkerChannel": {
    name: "adaChats",
    example: ["workspaceSid: team.sid", "workerSid: ada.sid", "taskChannel: chat.uniqueName", "capacity: 3"],
  },
  "twilio:flex:Plugin": {
    name: "plugin",
    example: ['uniqueName: "plugin-orders"', 'friendlyName: "Orders"'],
  },
  "twilio:sync:Document": {
    name: "hoursOfDay",
    example: ["serviceSid: presence.sid", 'uniqueName: "hours"', "data: { open: true }"],
  },
  "twilio:sync:DocumentPermission": {
    name: "adaReadsHours",
    example: [
      "serviceSid: presence.sid",
      "documentSid: hoursOfDay.sid",
      'identity: "ada"',
      "read: true",
      "write: false",
      "manage: false",
    ],
  },
  "twilio:sync:SyncList": { name: "waiting", example: ["serviceSid: presence.sid", 'uniqueName: "waiting"'] },
  "twilio:sync:SyncListItem": {
    name: "firstWaiting",
    example: ["serviceSid: presence.sid", "listSid: waiting.sid", 'data: { from: "+15550100299" }'],
  },
  "twilio:sync:SyncListPermission": {
    name: "adaReadsWaiting",
    example: [
      "serviceSid: presence.sid",
      "listSid: waiting.sid",
      'identity: "ada"',
      "read: true",
      "write: false",
      "manage: false",
    ],
  },
  "twilio:sync:SyncMap": { name: "agents", example: ["serviceSid: presence.sid", 'uniqueName: "agents"'] },
  "twilio:sync:SyncMapItem": {
    name: "adaThere",
    example: ["serviceSid: presence.sid", "mapSid: agents.sid", 'key: "ada"', "data: { there: true }"],
  },
  "twilio:sync:SyncMapPermission": {
    name: "adaWritesAgents",
    example: [
      "serviceSid: presence.sid",
      "mapSid: agents.sid",
      'identity: "ada"',
      "read: true",
      "write: true",
      "manage: false",
    ],
  },
  "twilio:sync:SyncStream": { name: "typing", example: ["serviceSid: presence.sid", 'uniqueName: "typing"'] },
  "twilio:events:Subscription": {
    name: "failures",
    example: [
      'description: "Messages that fail"',
      "sinkSid: events.sid",
      'types: [{ type: "com.twilio.messaging.message.failed", schemaVersion: 1 }]',
    ],
  },
  "twilio:events:SubscribedEvent": {
    name: "undelivered",
    example: [
      "subscriptionSid: failures.sid",
      'type: "com.twilio.messaging.message.undelivered"',
      "schemaVersion: 1",
    ],
  },
};
