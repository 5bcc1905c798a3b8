/**
 * What nobody can know about Twilio without asking a live account, as named switches: each with its positions, the
 * default and the reason for it. The conversation tests run the stack in every position that it touches.
 */
export const switches = {
  studioWebhookOutlivesExecution: {
    positions: [true, false],
    default: true,
    why: "Does a Conversation's studio webhook outlive the end of the Execution it started? No page says so; the pages describe further messages starting further Executions, so: yes.",
  },
  channelAddress: {
    positions: ["conversation", "proxy"],
    default: "conversation",
    why: "`flow.channel.address` in a Flow started by a Conversation: the Conversation's SID (as community Flows use it), or the proxy address.",
  },
  replyLocation: {
    positions: ["both", "inbound", "trigger"],
    default: "both",
    why: "Where the reply to Send & Wait For Reply stands in a Conversation: Twilio's sample Flow reads `inbound.Body`, its skill file says `trigger.conversation`.",
  },
  conditionsJoin: {
    positions: ["and", "or"],
    default: "and",
    why: "Several conditions on one transition of Split Based On: the editor writes one each, and no page says how several are joined.",
  },
  failingTemplate: {
    positions: ["empty", "literal"],
    default: "empty",
    why: "What a template that fails comes to beside warning 81018: nothing, as a missing value does, or the text as it was written.",
  },
  jsonContentType: {
    positions: ["withParameters", "exact"],
    default: "withParameters",
    why: "Whether an answer of type `application/json;charset=utf-8` is parsed: the pages say `application/json`, and most servers add the charset.",
  },
  subflowValues: {
    positions: ["simple", "any"],
    default: "simple",
    why: "What crosses between a Flow and its subflow: simple values, as the Subflows page says, or lists and objects too.",
  },
  draftSubflow: {
    positions: ["testUsers", "everyone"],
    default: "testUsers",
    why: "Whose subflow is the draft where Run Subflow says LatestDraft: test users', as the Subflows page has it, or everybody's.",
  },
  signatureRejection: {
    positions: [403, 400],
    default: 403,
    why: "The answer to an unsigned request for a protected Function: the pages say 403 twice and 400 once.",
  },
  serviceWebhookHearsCarrier: {
    positions: [true, false],
    default: true,
    why: "Whether a service-scoped webhook hears messages that come from a carrier; one live report says it did not.",
  },
  numberWebhookHearsConversations: {
    positions: [true, false],
    default: true,
    why: "Whether a number's own SMS webhook hears messages that a Conversation takes: one live report and the Flex pages say yes, an older page no.",
  },
  executionForBusyContact: {
    positions: ["conflict", "active"],
    default: "conflict",
    why: "The answer to creating an Execution for a contact who is in an active one: a refusal (409, as users report it), or the active one as if it were new.",
  },
  deliveryFailureInConversation: {
    positions: ["nobodyReached", "never"],
    default: "nobodyReached",
    why: "Whether Send & Wait For Reply in a Conversation leaves by deliveryFailure: when its message reached nobody there, or never. No page says how a message to several counts.",
  },
  queueTimeoutWhileReserved: {
    positions: ["afterReservation", "atOnce"],
    default: "afterReservation",
    why: "A Task whose time in its queue is over while somebody is asked: the pages look at the time-out once the reservation came to nothing, and no page says that the reservation is taken back.",
  },
  closedConversationEndsInteraction: {
    positions: [true, false],
    default: true,
    why: "A Conversation that a timer or the API closes while it is at Flex: whether its Interaction and Tasks end with it, or an agent is left with them. No page says.",
  },
} as const;

export type SwitchName = keyof typeof switches;
export type Switches = { readonly [Name in SwitchName]: (typeof switches)[Name]["positions"][number] };

/** Every switch in its default position. */
export const defaultSwitches = Object.fromEntries(
  Object.entries(switches).map(([name, { default: position }]) => [name, position]),
) as Switches;
