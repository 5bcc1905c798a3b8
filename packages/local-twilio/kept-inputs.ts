/**
 * Inputs of resources that are played, which nothing here reads: they are kept and shown. `kept-inputs.test.ts` holds every other
 * input of a played resource against the source that plays it.
 */

export interface KeptInputs {
  readonly tokens: readonly string[];
  readonly inputs: readonly string[];
  readonly what: string;
}

/** Names and notes for people, whatever has one. */
export const forPeople: readonly string[] = ["FriendlyName", "displayName", "description", "friendly_name"];

const twice = (name: string): readonly string[] => [
  `twilio:conversations:${name}`,
  `twilio:conversations:Service${name}`,
];

export const keptInputs: readonly KeptInputs[] = [
  {
    tokens: ["twilio:serverless:Deployment"],
    inputs: ["IsPlugin"],
    what: "a mark that Flex plugins' deployments carry",
  },
  { tokens: ["twilio:studio:Flow"], inputs: ["AuthorSid"], what: "who has written a revision" },
  {
    tokens: [...twice("ConversationParticipant"), ...twice("UserConversation")],
    inputs: ["LastReadTimestamp"],
    what: "how far somebody has read: a client of the SDK asks for it",
  },
  {
    tokens: ["twilio:conversations:ServiceNotification"],
    inputs: [
      ...["LogEnabled", "NewMessage.Sound", "NewMessage.BadgeCountEnabled", "AddedToConversation.Sound"],
      "RemovedFromConversation.Sound",
    ],
    what: "push notifications: nobody here has an app",
  },
  {
    tokens: ["twilio:conversations:OrchestratorConfiguration"],
    inputs: [
      ...["conversationGroupingType", "channelSettings", "statusCallbacks", "intelligenceConfigurationIds"],
      "memoryExtractionEnabled",
    ],
    what: "what Conversation Orchestrator captures and remembers: its bridge is kept, nothing goes over it",
  },
  {
    tokens: ["twilio:taskrouter:Task"],
    inputs: ["VirtualStartTime"],
    what: "a Task's age goes by when it was made",
  },
  {
    tokens: ["twilio:taskrouter:TaskChannel"],
    inputs: ["ChannelOptimizedRouting"],
    what: "workers are asked by capacity and by how long they have waited",
  },
  {
    tokens: ["twilio:taskrouter:TaskQueue"],
    inputs: ["ReservationActivitySid", "AssignmentActivitySid"],
    what: "a worker keeps their Activity while they are asked and while they work",
  },
  {
    tokens: ["twilio:taskrouter:Workflow"],
    inputs: ["AssignmentCallbackUrl", "FallbackAssignmentCallbackUrl"],
    what: "assignment callbacks: a reservation waits for a worker, or for REST, and no URL is asked what to do",
  },
  {
    tokens: ["twilio:taskrouter:Workspace"],
    inputs: ["PrioritizeQueueOrder"],
    what: "queues are filled first in, first out",
  },
  {
    tokens: ["twilio:flex:Interaction"],
    inputs: ["WebhookTtid", "InteractionContextSid"],
    what: "what Flex's own products call it by",
  },
  {
    tokens: ["twilio:flex:InteractionChannelParticipant"],
    inputs: ["MediaProperties"],
    what: "media of a participant of an Interaction",
  },
  {
    tokens: ["twilio:flex:PluginVersion"],
    inputs: ["CliVersion", "ValidateStatus"],
    what: "what a plugin was built with",
  },
  {
    tokens: ["twilio:api:Application"],
    inputs: [
      ...["ApiVersion", "VoiceFallbackUrl", "VoiceFallbackMethod", "VoiceCallerIdLookup"],
      "PublicApplicationConnectEnabled",
    ],
    what: "TwiML applications: numbers have webhooks of their own",
  },
  {
    tokens: ["twilio:api:Call"],
    inputs: ["RecordingConfigurationId", "Passports"],
    what: "recordings, and passports of a caller",
  },
  {
    tokens: ["twilio:api:IncomingPhoneNumber"],
    inputs: [
      ...["ApiVersion", "SmsApplicationSid", "VoiceApplicationSid", "VoiceCallerIdLookup"],
      ...["VoiceFallbackMethod", "VoiceFallbackUrl", "TrunkSid", "VoiceReceiveMode"],
    ],
    what: "TwiML applications, Trunks and fax behind a number, and a second URL for calls: its own webhooks are called",
  },
  {
    tokens: ["twilio:api:IncomingPhoneNumber"],
    inputs: ["EmergencyStatus", "EmergencyAddressSid", "IdentitySid", "AddressSid", "BundleSid"],
    what: "where a number may be used: every number is here",
  },
  { tokens: ["twilio:api:ShortCode"], inputs: ["ApiVersion"], what: "there is one version" },
  {
    tokens: ["twilio:api:Message"],
    inputs: ["MessageIntent", "FallbackFrom"],
    what: "what a message is for, and a sender for another channel",
  },
  {
    tokens: ["twilio:messaging:ChannelsSender"],
    inputs: ["configuration", "profile"],
    what: "what WhatsApp shows of a business",
  },
  {
    tokens: ["twilio:sync:Service"],
    inputs: [
      ...["WebhookUrl", "ReachabilityWebhooksEnabled", "AclEnabled", "ReachabilityDebouncingEnabled"],
      ...["ReachabilityDebouncingWindow", "WebhooksFromRestEnabled"],
    ],
    what: "webhooks of Sync, and who may see what: a client of the SDK connects, and none does here",
  },
  {
    tokens: ["twilio:sync:SyncListItem", "twilio:sync:SyncMapItem"],
    inputs: ["ItemTtl", "CollectionTtl"],
    what: "times to live other than that of a Document",
  },
  {
    tokens: ["twilio:verify:Verification"],
    inputs: [
      ...["CustomFriendlyName", "CustomMessage", "SendDigits", "Locale", "Amount", "Payee", "RateLimits"],
      ...["ChannelConfiguration", "AppHash", "TemplateSid", "TemplateCustomSubstitutions", "Templates"],
      ...["DeviceIp", "EnableSnaClientToken", "RiskCheck", "Tags"],
    ],
    what: "what the message says, its limits and payments: the code is sent, or is a seeded one",
  },
  {
    tokens: ["twilio:verify:VerificationCheck"],
    inputs: ["Amount", "Payee", "SnaClientToken"],
    what: "payments, and checks without a code",
  },
  {
    tokens: ["twilio:voice:DialingPermissionsSettings"],
    inputs: ["DialingPermissionsInheritance"],
    what: "every call may be made",
  },
  {
    tokens: ["twilio:accounts:AuthTokenPromotion", "twilio:accounts:SecondaryAuthToken"],
    inputs: ["SuppressEmailNotification"],
    what: "nobody here gets e-mail",
  },
  {
    tokens: ["twilio:iam:Key"],
    inputs: ["Policy", "AccountSid", "KeyType"],
    what: "what a restricted key may do: it opens its account",
  },
];
