/** Resources of Conversations. */
import { long, type RestRow } from "./row.ts";

export const conversationRows: readonly RestRow[] = [
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
];
