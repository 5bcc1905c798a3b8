/**
 * Twilio's error codes that a support line meets, each with what it means for whoever is woken by it, and the way out. The one
 * table of them; the codes and their meanings are those of https://www.twilio.com/docs/api/errors.
 */

/** What has to be looked at: whose fault it is. */
export type Layer = "flow" | "function" | "number" | "limit" | "twilio" | "account" | "webhook";

export interface CodeMeaning {
  readonly layer: Layer;
  /** A sentence. */
  readonly meaning: string;
  /** A sentence: what to do. */
  readonly wayOut: string;
  /** Whether a customer gets less than they should. */
  readonly hurts: boolean;
}

type Row = readonly [layer: Layer, meaning: string, wayOut: string, hurts?: "harmless"];

const rows: Readonly<Record<string, Row>> = {
  11200: [
    "webhook",
    "A webhook's server did not answer, or answered with an error.",
    "Fix the server, or the address that the webhook names.",
  ],
  11205: [
    "webhook",
    "A webhook's server could not be connected to.",
    "See that the server runs and is open to the internet.",
  ],
  11210: ["webhook", "The host name of a webhook is not found.", "Fix the address that the webhook names."],
  11751: ["number", "A picture or file of a message is too large for its receiver.", "Send a smaller one."],
  12100: ["webhook", "What a webhook answered is not TwiML.", "Have it answer TwiML, or nothing at all."],
  14107: [
    "limit",
    "Messages went to and fro between two numbers of Twilio until it stopped them.",
    "Let no Flow answer another one's number.",
  ],
  20003: [
    "account",
    "The credentials are refused.",
    "Set the credentials of this account; see stage doctor.",
  ],
  20005: [
    "account",
    "The account is not active.",
    "See in the Console why it was suspended, and have it opened again.",
  ],
  20404: [
    "account",
    "What was asked for is not there.",
    "Deploy the stage again: somebody may have deleted it.",
  ],
  20429: [
    "limit",
    "Twilio was asked more often than it allows at once.",
    "Ask less at a time; what failed can be sent again.",
  ],
  20500: ["twilio", "Twilio had a fault of its own.", "See https://status.twilio.com and try again."],
  20503: ["twilio", "A service of Twilio's was not there.", "See https://status.twilio.com and try again."],
  21211: [
    "number",
    "The number that was written to is not a valid number.",
    "Fix the number in the stage file, or what the Flow puts together for it.",
  ],
  21408: [
    "account",
    "The account may not send to this country.",
    "Allow the country under Messaging > Settings > Geo permissions.",
  ],
  21606: [
    "number",
    "The number that was to send cannot send, or is another account's.",
    "Have the stage's line name a number of this account.",
  ],
  21610: [
    "number",
    "The receiver wrote STOP, and gets no message from this number.",
    "Nothing can be sent until they write START themselves.",
  ],
  21611: [
    "limit",
    "The number has more messages waiting than it may have.",
    "Send less at once, or from a Messaging Service with more numbers.",
  ],
  21612: [
    "number",
    "There is no way from this number to that one.",
    "Take a sender that reaches the receiver's country and channel.",
  ],
  21614: ["number", "The receiver's number takes no SMS.", "Reach them some other way."],
  21617: [
    "limit",
    "A message is longer than 1600 characters.",
    "Shorten the text of the widget or Function that sends it.",
  ],
  21703: [
    "number",
    "The Messaging Service has no number to send from.",
    "Put a number into the Messaging Service.",
  ],
  30001: ["limit", "A message waited too long and was thrown away.", "Send less at once."],
  30002: [
    "account",
    "The account is suspended, and sends nothing.",
    "See in the Console why, and have it opened again.",
  ],
  30003: [
    "number",
    "The receiver's phone is off or out of reach.",
    "Write again later; when it is an agent's phone, have it switched on or pause the agent.",
  ],
  30004: [
    "number",
    "The receiver's network or phone blocks the message.",
    "Ask the receiver to allow the sender; when it is an agent, take another number.",
  ],
  30005: ["number", "The receiver's number is not known to any network.", "Fix the number."],
  30006: [
    "number",
    "The receiver's number is a landline, or its network takes no such message.",
    "Reach them some other way.",
  ],
  30007: [
    "number",
    "A network filtered the message as unwanted.",
    "Change the text, and register the sender for what it sends (A2P 10DLC, toll-free).",
  ],
  30008: [
    "number",
    "The network did not say why the message was not delivered.",
    "Write again; if it goes on, give Twilio's support the message's SID.",
  ],
  30022: [
    "limit",
    "The sender's campaign sends faster than its network allows.",
    "Send less at once, or raise the campaign's throughput.",
  ],
  30034: [
    "number",
    "The sender is a number in the US that is not registered (A2P 10DLC).",
    "Register the number with a campaign.",
  ],
  30410: [
    "twilio",
    "The provider of the channel did not answer in time.",
    "See https://status.twilio.com and try again.",
  ],
  50057: [
    "webhook",
    "A webhook of the Conversation did not answer as it should.",
    "See the Function or server that it names; its own log says more.",
  ],
  50076: [
    "webhook",
    "A webhook of the Conversation did not answer in time.",
    "See the Function or server that it names; its own log says more.",
  ],
  50438: [
    "limit",
    "A Conversation has as many participants as it may have.",
    "Have agents removed who have left.",
  ],
  50416: [
    "number",
    "This customer or agent is in another Conversation by the same pair of numbers.",
    "Give the agent one more proxy number, or close the other Conversation.",
  ],
  63003: [
    "number",
    "The channel does not know the receiver.",
    "Fix the address; on WhatsApp the number must have an account.",
  ],
  63007: [
    "number",
    "The channel does not know the sender.",
    "Have the stage's line name a sender of this account.",
  ],
  63016: [
    "number",
    "WhatsApp takes free text only within 24 hours after the customer wrote.",
    "Send an approved template, or wait until they write.",
  ],
  63018: [
    "limit",
    "The channel's limit of messages is reached.",
    "Send less at once; WhatsApp raises the limit with good quality.",
  ],
  63024: ["number", "The channel does not know the receiver.", "Fix the address."],
  81000: [
    "flow",
    "The Flow ran through more widgets than an Execution may, and was ended.",
    "Have its loop wait for somebody, or end.",
  ],
  81001: [
    "flow",
    "The Flow went round in one widget, and was ended.",
    "Have its loop wait for somebody, or end.",
  ],
  81002: [
    "flow",
    "The Flow was told something that its widget does not wait for, and ignored it.",
    "Nothing, unless a customer's message went under: then wait for it in the widget.",
    "harmless",
  ],
  81005: [
    "flow",
    "No branch of a Split widget matched, and the Flow ended there.",
    'Connect the widget\'s "No condition matches".',
  ],
  81007: [
    "number",
    "A call was not taken in time.",
    "See that somebody takes it, or ring longer.",
    "harmless",
  ],
  81008: ["number", "A call could not be made.", "See the call's own error in the Console."],
  81010: [
    "function",
    "A Function that the Flow runs failed.",
    "See what the Function logged; fix it, or roll back.",
  ],
  81011: [
    "flow",
    "A message that the Flow was to send was refused.",
    "See the numbers of the widget, and what Twilio said of the message.",
  ],
  81012: ["flow", "A Sync object could not be written.", "Have a Function write it: the widget is retired."],
  81013: ["flow", "Understanding the customer's words failed.", "Take another widget: Autopilot is retired."],
  81014: [
    "flow",
    "A Make HTTP Request widget could not make its request.",
    "See the widget's address and parameters.",
  ],
  81015: ["flow", "No Task could be made.", "See the widget's Workflow, channel and attributes."],
  81016: [
    "webhook",
    "The server that a Make HTTP Request widget asked failed.",
    "Fix the server, or the address that the widget names.",
  ],
  81017: [
    "function",
    "A Function that the Flow runs failed, was too slow, or is not there.",
    "See what the Function logged; fix it, or roll back.",
  ],
  81018: [
    "flow",
    "A Liquid template of the Flow cannot be rendered, and comes to nothing.",
    "Fix the template; npx studio check names its place.",
  ],
  81020: [
    "flow",
    "A widget cannot do its work for this kind of trigger.",
    "Take it out of the way of Conversations.",
  ],
  81021: ["flow", "The revision that was asked for is not there.", "Ask for a revision that is published."],
  81022: ["flow", "The Flow's definition is not valid.", "npx studio check says what is wrong with it."],
  81023: [
    "number",
    "The contact's address is not a valid address.",
    "Fix the address that starts the Execution.",
  ],
  81024: ["flow", "A subflow is gone, or runs a subflow itself.", "Deploy the subflow, or name another."],
  81025: [
    "limit",
    "The Flow comes near the most widgets that it may have.",
    "Move part of it to a subflow.",
    "harmless",
  ],
  81026: ["limit", "The Flow has more widgets than it may have.", "Move part of it to a subflow."],
  82001: [
    "function",
    "A Function answered with an error of its own (400 or above).",
    "See what it logged; fix it, or roll back.",
  ],
  82002: ["function", "A Function threw an error.", "See what it logged; fix it, or roll back."],
  82003: [
    "limit",
    "A Function ran longer than 10 seconds, and was ended.",
    "See what it waits for; have it do less in one run.",
  ],
  82004: ["function", "A Function wrote a warning to its log.", "Read it.", "harmless"],
  82005: [
    "function",
    "A Function wrote an error to its log.",
    "Read it; the Function itself may have gone on.",
    "harmless",
  ],
  82006: [
    "limit",
    "The Variables come to more than 3 kB with the account, domain and path, and no Function runs.",
    "Shorten or drop Variables, or put long texts into a private Asset.",
  ],
  82007: ["limit", "A Function's answer is larger than it may be.", "Answer less."],
  84000: [
    "flow",
    "The Flow ran through more widgets than an Execution may, and was ended.",
    "Have its loop wait for somebody, or end.",
  ],
};

/** The codes of the table. */
export const knownCodes: readonly string[] = Object.keys(rows);

/**
 * What a code means.
 *
 * @param code Twilio's; null for a failure without one: a widget that was left by its failure
 */
export function meaningOf(code: string | null): CodeMeaning {
  if (code === null) {
    return {
      layer: "flow",
      meaning: "A widget was left by its failure.",
      wayOut: "See its step in Studio's log, and what comes before it.",
      hurts: true,
    };
  }
  const row = Object.hasOwn(rows, code) ? rows[code] : undefined;
  if (row === undefined) {
    return {
      layer: "twilio",
      meaning: "Twilio reports an error that this tool has no words for.",
      wayOut: `See https://www.twilio.com/docs/errors/${code}.`,
      hurts: true,
    };
  }
  const [layer, meaning, wayOut, harmless] = row;
  return { layer, meaning, wayOut, hurts: harmless === undefined };
}

/** How a layer is called in a sentence. */
export const layerNames: Readonly<Record<Layer, string>> = {
  flow: "the Flow",
  function: "a Function",
  number: "a number",
  limit: "a limit",
  twilio: "Twilio",
  account: "the account",
  webhook: "a webhook",
};
