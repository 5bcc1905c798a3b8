/** Fields that webhooks may carry, by event: those that stood in records, and those that Twilio's pages name. */

const common = ["AccountSid", "EventType", "Source", "ClientIdentity", "RetryCount"];
const conversation = [
  ...["ConversationSid", "ChatServiceSid", "MessagingServiceSid", "FriendlyName", "UniqueName", "Attributes"],
  ...["State", "DateCreated", "DateUpdated"],
];
const binding = ["MessagingBinding.Type", "MessagingBinding.Address", "MessagingBinding.ProxyAddress"];
const participant = [
  ...["ConversationSid", "ChatServiceSid", "ParticipantSid", "Identity", "RoleSid", "Attributes"],
  ...["DateCreated", "DateUpdated", "LastReadMessageIndex"],
  ...binding,
];
const message = [
  ...[
    "ConversationSid",
    "ChatServiceSid",
    "MessagingServiceSid",
    "MessageSid",
    "ParticipantSid",
    "Author",
    "Body",
  ],
  ...["Index", "Attributes", "Media", "DateCreated", "DateUpdated"],
];

const all = (fields: readonly string[]): readonly string[] => [...common, ...fields];

/** Of what a Conversation's own Service tells a webhook. */
export const conversationFields: Readonly<Record<string, readonly string[]>> = {
  onConversationAdd: all([...conversation, "MessageBody", ...binding]),
  onConversationAdded: all([...conversation, ...binding]),
  onConversationUpdate: all(conversation),
  onConversationUpdated: all(conversation),
  onConversationRemove: all(conversation),
  onConversationRemoved: all(conversation),
  onConversationStateUpdated: all([
    "ConversationSid",
    "ChatServiceSid",
    "StateFrom",
    "StateTo",
    "Reason",
    "StateUpdated",
  ]),
  onParticipantAdd: all(participant),
  onParticipantAdded: all(participant),
  onParticipantRemove: all(participant),
  onParticipantRemoved: all(participant),
  onMessageAdd: all(message),
  onMessageAdded: all(message),
  onMessageUpdate: all(message),
  onMessageUpdated: all(message),
  onMessageRemove: all(message),
  onMessageRemoved: all(message),
};

/** Of what TaskRouter tells of a Task. */
export const taskFields = [
  ...[
    "EventType",
    "ResourceType",
    "ResourceSid",
    "Sid",
    "AccountSid",
    "WorkspaceSid",
    "WorkspaceName",
    "Timestamp",
  ],
  ...["TimestampMs", "EventDescription", "OperatingUnitSid", "TaskSid", "TaskPriority", "TaskAge"],
  ...["TaskAssignmentStatus", "TaskAttributes", "TaskVersion", "TaskDateCreated", "TaskChannelSid"],
  ...["TaskChannelUniqueName", "TaskQueueSid", "TaskQueueName", "TaskQueueEnteredDate"],
  ...["TaskQueueTargetExpression", "WorkflowSid", "WorkflowName"],
];

/** Of a text that came in. */
export const smsFields = [
  ...["ToCountry", "ToState", "ToCity", "ToZip", "FromCountry", "FromState", "FromCity", "FromZip"],
  ...["SmsMessageSid", "SmsSid", "MessageSid", "SmsStatus", "NumMedia", "NumSegments", "Body", "To", "From"],
  ...["MessagingServiceSid", "AccountSid", "ApiVersion", "ReferralNumMedia", "OptOutType"],
];

/** Of what is told of a text that was sent. */
export const statusFields = [
  ...["SmsSid", "SmsStatus", "MessageStatus", "To", "MessageSid", "AccountSid", "From", "ApiVersion"],
  ...["ErrorCode", "ErrorMessage", "RawDlrDoneDate", "MessagingServiceSid"],
];
