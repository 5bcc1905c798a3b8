/**
 * What of Twilio is played here, what is kept and shown without effect, and what is not there at all. The server answers by
 * this list, docs/reference/not-played.md is written from it, and a test holds it against what the server does. Whatever Twilio
 * documents and stands in no row is told apart by a rule: what has behaviour of its own is played; what a program can
 * declare is kept and shown; what only happens, or only reads, is not played.
 */
import { isResource, type OperationName, type Resource } from "@support-line/twilio-api";

/** A host that is not played, or all whose names look so. */
export interface HostRow {
  readonly host: RegExp;
  /** As the docs name it. */
  readonly name: string;
  readonly what: string;
  readonly documented: string;
}

export interface ParameterRow {
  readonly tokens: readonly string[];
  readonly operations: readonly OperationName[];
  readonly parameters: readonly string[];
  readonly what: string;
  readonly documented: string;
  /** Taken and shown without effect; a request with any other of these is not played. */
  readonly isKept?: true;
}

export const hosts: readonly HostRow[] = [
  {
    host: /^tsock\./,
    name: "tsock.<region>.twilio.com",
    what: "the socket of Twilio's JavaScript and mobile SDKs for Conversations and Sync",
    documented: "https://www.twilio.com/docs/conversations-classic/sdk-overview",
  },
  {
    host: /^(?:chat|ip-messaging|ems)\./,
    name: "chat.twilio.com",
    what: "Programmable Chat, which Conversations took the place of",
    documented: "https://www.twilio.com/docs/conversations-classic",
  },
  {
    host: /^knowledge-bases?\./,
    name: "knowledge-bases.twilio.com",
    what: "what assistants look things up in",
    documented: "https://www.twilio.com/docs/conversations",
  },
  {
    host: /^(?:media|video-media|chunderw?-[\w-]+)\./,
    name: "media.twilio.com",
    what: "media streams of calls and rooms",
    documented: "https://www.twilio.com/docs/voice/media-streams",
  },
  {
    host: /^(?:oauth|login|preview-iam)\./,
    name: "oauth.twilio.com",
    what: "OAuth: clients sign with the account's SID and token, or with an API key",
    documented: "https://www.twilio.com/docs/iam/oauth-apps",
  },
  {
    host: /^(?:supersim|wireless|microvisor)\./,
    name: "supersim.twilio.com",
    what: "the Internet of Things",
    documented: "https://www.twilio.com/docs/iot",
  },
];

const messages = ["twilio:api:Message"];
const conversationMessages = [
  "twilio:conversations:ConversationMessage",
  "twilio:conversations:ServiceConversationMessage",
];
const conversations = ["twilio:conversations:Conversation", "twilio:conversations:ServiceConversation"];
const participants = [
  "twilio:conversations:ConversationParticipant",
  "twilio:conversations:ServiceConversationParticipant",
];
const messageDocs = "https://www.twilio.com/docs/messaging/api/message-resource";
const callDocs = "https://www.twilio.com/docs/voice/api/call-resource";
const conversationDocs = "https://www.twilio.com/docs/conversations-classic/api";

export const parameters: readonly ParameterRow[] = [
  {
    tokens: messages,
    operations: ["create"],
    parameters: ["ApplicationSid", "ShortenUrls", "PersistentAction", "SendAsMms", "ProvideFeedback"],
    what: "TwiML applications, short links, rich actions, MMS by order, feedback",
    documented: messageDocs,
  },
  {
    tokens: messages,
    operations: ["create"],
    parameters: ["ContentRetention", "AddressRetention"],
    what: "redaction of what is stored",
    documented: messageDocs,
  },
  {
    tokens: messages,
    operations: ["create"],
    parameters: [
      ...["MaxPrice", "Attempt", "ValidityPeriod", "ForceDelivery"],
      ...["SmartEncoded", "TrafficType", "RiskCheck"],
    ],
    what: "hints to the carrier: nobody here would notice them",
    documented: messageDocs,
    isKept: true,
  },
  {
    tokens: ["twilio:api:Call"],
    operations: ["create"],
    parameters: [
      ...["ApplicationSid", "SendDigits", "SipAuthUsername", "SipAuthPassword", "Byoc", "CallToken"],
      ...["Record", "RecordingChannels", "RecordingTrack", "Trim", "RecordingStatusCallback"],
      ...["RecordingStatusCallbackMethod", "RecordingStatusCallbackEvent", "ClientNotificationUrl"],
      ...["MachineDetection", "MachineDetectionTimeout", "MachineDetectionSpeechThreshold"],
      ...["MachineDetectionSpeechEndThreshold", "MachineDetectionSilenceTimeout"],
      ...["AsyncAmd", "AsyncAmdStatusCallback", "AsyncAmdStatusCallbackMethod"],
    ],
    what: "recordings, answering machines, SIP, digits that are dialled once connected",
    documented: callDocs,
  },
  {
    tokens: ["twilio:api:Call"],
    operations: ["create"],
    parameters: ["CallReason", "CallerId", "TimeLimit"],
    what: "what a phone in text does not show",
    documented: callDocs,
    isKept: true,
  },
  {
    tokens: ["twilio:api:Call"],
    operations: ["update"],
    parameters: ["FallbackUrl", "FallbackMethod", "StatusCallback", "StatusCallbackMethod", "TimeLimit"],
    what: "a change of a call's callbacks while it goes on",
    documented: callDocs,
  },
  {
    tokens: ["twilio:taskrouter:TaskReservation", "twilio:taskrouter:WorkerReservation"],
    operations: ["update"],
    parameters: [
      ...["Instruction", "DequeuePostWorkActivitySid", "DequeueFrom", "DequeueRecord", "DequeueTimeout"],
      ...["DequeueTo", "DequeueStatusCallbackUrl", "DequeueStatusCallbackEvent", "CallFrom", "CallRecord"],
      ...["CallTimeout", "CallTo", "CallUrl", "CallStatusCallbackUrl", "CallAccept", "RedirectCallSid"],
      ...["RedirectAccept", "RedirectUrl", "To", "From", "StatusCallback", "StatusCallbackMethod"],
      ...["StatusCallbackEvent", "Timeout", "Record", "Muted", "Beep", "StartConferenceOnEnter"],
      ...["EndConferenceOnExit", "EndConferenceOnCustomerExit", "BeepOnCustomerEntrance", "WaitUrl"],
      ...["WaitMethod", "EarlyMedia", "MaxParticipants", "ConferenceStatusCallback"],
      ...["ConferenceStatusCallbackMethod", "ConferenceStatusCallbackEvent", "ConferenceRecord"],
      ...["ConferenceTrim", "RecordingChannels", "RecordingStatusCallback", "RecordingStatusCallbackMethod"],
      ...["ConferenceRecordingStatusCallback", "ConferenceRecordingStatusCallbackMethod", "Region"],
      ...["SipAuthUsername", "SipAuthPassword", "PostWorkActivitySid", "JitterBufferSize"],
    ],
    what: "instructions to connect a call to a worker (dequeue, call, redirect, conference)",
    documented: "https://www.twilio.com/docs/taskrouter/api/reservations",
  },
  {
    tokens: ["twilio:taskrouter:TaskReservation"],
    operations: ["update"],
    parameters: ["Supervisor", "SupervisorMode"],
    what: "a supervisor who listens to a call",
    documented: "https://www.twilio.com/docs/taskrouter/api/reservations",
  },
  {
    tokens: ["twilio:taskrouter:Workflow"],
    operations: ["update"],
    parameters: ["ReEvaluateTasks"],
    what: "Tasks that wait are not looked at anew when a Workflow changes",
    documented: "https://www.twilio.com/docs/taskrouter/api/workflow",
    isKept: true,
  },
  {
    tokens: conversationMessages,
    operations: ["create", "update"],
    parameters: ["Subject"],
    what: "messages by e-mail",
    documented: `${conversationDocs}/conversation-message-resource`,
  },
  {
    tokens: conversations,
    operations: ["create", "update"],
    parameters: ["Bindings.Email.Address", "Bindings.Email.Name"],
    what: "Conversations by e-mail",
    documented: `${conversationDocs}/conversation-resource`,
  },
  {
    tokens: conversations,
    operations: ["create", "update"],
    parameters: ["MessagingServiceSid"],
    what: "the Messaging Service of a Conversation: messages go out by the participants' proxy addresses",
    documented: `${conversationDocs}/conversation-resource`,
    isKept: true,
  },
  {
    tokens: participants,
    operations: ["create", "update"],
    parameters: ["MessagingBinding.ProjectedAddress"],
    what: "group texting: several phones in one thread",
    documented: "https://www.twilio.com/docs/conversations-classic/group-texting",
  },
];

/** What is played by its row alone, although nothing but this says so: it is seeded, or comes with its parent. */
const plain: readonly string[] = [
  // How far a write is that is answered later: `http/later.ts` keeps them.
  "twilio:conversations:OrchestratorOperation",
  "twilio:memory:Operation",
  "twilio:api:ShortCode",
  "twilio:accounts:Safelist",
  "twilio:voice:DialingPermissionsSettings",
];

/** What only happens, and is kept all the same: a program declares things below it. */
const parents: readonly string[] = ["twilio:proxy:Session", "twilio:video:Room"];

/** What another resource shows of it is all that is played. */
const shownElsewhere: readonly string[] = ["twilio:trunking:Recording"];

export type Serving = "played" | "kept" | "not played";

/** How a resource is served; `hasBehaviour` says whether a product here does anything for it. */
export function servingOf(resource: Resource, hasBehaviour: boolean): Serving {
  if (shownElsewhere.includes(resource.token)) return "kept";
  if (hasBehaviour || plain.includes(resource.token)) return "played";
  return isResource(resource) || parents.includes(resource.token) ? "kept" : "not played";
}

/** The row of a parameter that is not played in an operation. */
export function parameterRow(
  token: string,
  operation: OperationName,
  parameter: string,
): ParameterRow | undefined {
  return parameters.find(
    (row) =>
      row.isKept !== true &&
      row.tokens.includes(token) &&
      row.operations.includes(operation) &&
      row.parameters.includes(parameter),
  );
}
