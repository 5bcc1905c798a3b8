/**
 * What has operations and still is no resource of a program: each with the reason. What the operations themselves rule
 * out (nothing creates it, nothing changes it) is said in `coverage.ts` and needs no row here.
 */
export interface NotResourceRow {
  readonly tokens: readonly string[];
  readonly reason: string;
}

const of = (product: string, ...names: string[]) => names.map((name) => `twilio:${product}:${name}`);

export const notResources: readonly NotResourceRow[] = [
  {
    tokens: [
      ...of("api", "Message", "Call", "CallRecording", "Participant", "Payments", "RealtimeTranscription"),
      ...of("api", "Siprec", "Stream", "UserDefinedMessageSubscription"),
      ...of("conversations", "ConversationMessage", "ServiceConversationMessage"),
      ...of("studio", "Execution"),
      ...of("flex", "Channel", "WebChannel", "Interaction", "InteractionChannelParticipant"),
      ...of("flex", "InteractionTransfer"),
      ...of("taskrouter", "Task"),
      ...of("proxy", "Session"),
      ...of("verify", "Verification", "Challenge", "ChallengePasskeys"),
      ...of("video", "Room", "RoomTranscriptions"),
    ],
    reason:
      "something that happens: creating it sends or starts it, and a stack that is made again would too",
  },
  {
    tokens: of(
      "flex",
      "InsightsAssessments",
      "InsightsQuestionnaires",
      "InsightsQuestionnairesCategory",
      "InsightsQuestionnairesQuestion",
    ),
    reason: "called with the token of a signed-in user of Flex, not with an account's credentials",
  },
  {
    tokens: of("trusthub", "ComplianceInquiry", "ComplianceRegistration"),
    reason: "begins a form that a person fills in on Twilio's page",
  },
  {
    tokens: of("accounts", "SecondaryAuthToken"),
    reason: "a step of changing the account's own token, which nothing shows again",
  },
  {
    tokens: of("accounts", "Safelist"),
    reason: "read and deleted by a parameter of the query: it has no place of its own",
  },
  {
    tokens: of("accounts", "MessagingGeopermissions"),
    reason: "one list of all countries, of which an update names some: a program could not own a part of it",
  },
  {
    tokens: of("numbers", "PortingWebhookConfiguration", "PortingWebhookConfigurationDelete"),
    reason: "set, read and deleted at three places that name it differently",
  },
  {
    tokens: of("numbers", "SigningRequestConfiguration"),
    reason: "the document does not say what it takes",
  },
  {
    tokens: of("numbers", "PortingPortInPhoneNumber"),
    reason: "a part of a PortingPortIn, made with it",
  },
  {
    tokens: of("api", "IncomingPhoneNumberLocal", "IncomingPhoneNumberMobile", "IncomingPhoneNumberTollFree"),
    reason: "another way to buy an IncomingPhoneNumber, which is the resource",
  },
  {
    tokens: of("api", "ConnectApp", "OutgoingCallerId", "ShortCode"),
    reason:
      "a person makes it: in the Console, with a call that proves the number, or by a lease; a program can only change it",
  },
  {
    tokens: of("flex", "PluginVersion", "PluginConfiguration", "PluginRelease"),
    reason:
      "what Twilio's own command for Flex plugins writes when it deploys and releases one: each is created for good and superseded by the next",
  },
];
