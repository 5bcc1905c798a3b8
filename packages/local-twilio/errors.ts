/**
 * Every refusal of the local Twilio: Twilio's code, the HTTP status that goes with it, the text, and whose fault it
 * is. Thrown as `TwilioError` from anywhere, turned into a response in `http/refusal.ts` alone.
 *
 * Codes and meanings: https://www.twilio.com/docs/api/errors. Texts in braces are filled in where they are thrown.
 */
type Fault = "user" | "twilio" | "us";
interface Row {
  readonly status: number;
  readonly message: string;
  readonly fault: Fault;
}

const user = <const Status extends number, const Message extends string>(status: Status, message: Message) =>
  ({ status, message, fault: "user" }) as const;

/** By Twilio's code. */
export const errors = {
  10001: user(403, "Account is not active"),
  20001: user(400, "{reason}"),
  20003: user(401, "Authenticate"),
  20004: user(405, "Method not allowed"),
  20006: user(403, "Access denied: {reason}"),
  20007: user(400, "Page size must be between 1 and {max}"),
  20009: user(400, "Build {build} is not complete yet"),
  20161: user(400, "No update parameters were given"),
  20404: user(404, "The requested resource {path} was not found"),
  20409: user(409, "{reason}"),
  20413: user(413, "The request is larger than {limit} bytes"),
  20422: user(422, "{reason}"),
  20429: { status: 429, message: "Too Many Requests", fault: "twilio" },
  20500: { status: 500, message: "An internal server error has occurred", fault: "twilio" },
  20503: { status: 503, message: "Service Unavailable", fault: "twilio" },

  21211: user(400, "The 'To' number {to} is not a valid phone number."),
  21212: user(
    400,
    "The 'From' number {from} is not a valid phone number, shortcode, or alphanumeric sender ID.",
  ),
  21475: user(400, "Unable to update Status, invalid Status."),
  21477: user(400, "Unable to update Status for parent accounts"),
  21479: user(400, "Unable to update Status for subaccount, subaccount has been closed."),
  21422: user(400, "The phone number {number} is not available."),
  21603: user(400, "A 'From' or 'MessagingServiceSid' is required to send a message."),
  21604: user(400, "A 'To' phone number is required."),
  21606: user(
    400,
    "The 'From' phone number provided ({from}) is not a valid message-capable Twilio phone number for this destination.",
  ),
  21610: user(400, "Attempt to send to unsubscribed recipient"),
  21617: user(400, "The concatenated message body exceeds the 1600 character limit"),
  21619: user(400, "A text message body or media urls must be specified."),
  21654: user(400, "A ContentSid is required where ContentVariables are given."),
  21655: user(400, "The ContentSid '{sid}' is Invalid"),
  21656: user(400, "The Content Variables parameter is invalid."),
  21205: user(400, "A 'Url' or 'Twiml' is required, and a Url has to be one: '{url}'"),
  21210: user(400, "The source phone number provided, {from}, is not yet verified for your account."),
  21220: user(400, "Unable to update record. Call {call} is not in-progress."),
  21623: user(400, "Number of media files exceeds allowed limit: at most {limit}"),
  21620: user(400, "Invalid media URL(s)"),
  21701: user(400, "The Messaging Service does not exist"),
  21703: user(400, "The Messaging Service has no sender for this recipient"),
  30409: user(400, "Message {sid} is not scheduled, so it cannot be canceled"),
  35111: user(400, "SendAt is missing: a scheduled message says when it is sent"),
  35114: user(400, "Scheduling does not support this timestamp: SendAt is 15 minutes to 35 days ahead"),
  35118: user(400, "MessagingServiceSid is required to schedule a message"),
  60200: user(400, "Invalid parameter: {reason}"),
  60202: user(429, "Max check attempts reached"),
  60203: user(429, "Max send attempts reached"),
  30003: user(400, "Unreachable destination handset"),

  50006: user(400, "Invalid unique name: {reason}"),
  50003: user(400, "Friendly name is longer than {limit} characters"),
  50104: user(400, "Unknown permission: {permission}"),
  50107: user(403, "A webhook has forbidden it: {event}"),
  50200: user(404, "User not found"),
  50201: user(409, "User already exists"),
  50207: user(400, "Identity is longer than {limit} characters"),
  50303: user(400, "Attributes are longer than {limit} bytes"),
  50304: user(400, "Attributes not valid JSON"),
  50350: user(404, "Conversation not found"),
  50353: user(409, "Conversation with provided unique name already exists"),
  50360: user(404, "Conversation scoped webhook not found"),
  50361: user(400, "Conversation has too many scoped webhooks: at most {limit}"),
  50362: user(400, "Too many triggers in the configuration of a scoped webhook"),
  50364: user(400, "Target of a scoped webhook is invalid: {reason}"),
  50365: user(400, "Filters of a scoped webhook are invalid: {reason}"),
  50366: user(400, "Triggers of a scoped webhook are invalid: one is empty"),
  50367: user(400, "Flow SID of a scoped webhook is invalid"),
  50368: user(400, "Target of a scoped webhook is missing"),
  50369: user(400, "URL of a scoped webhook is missing or no URL"),
  50370: user(400, "Filters of a scoped webhook are missing"),
  50371: user(400, "Triggers of a scoped webhook are missing"),
  50372: user(400, "URL of a scoped webhook is longer than {limit} characters"),
  50374: user(400, "State must not be empty"),
  50375: user(400, "Inactive timer must be at least 1 minute"),
  50376: user(400, "Closed timer must be at least 10 minutes"),
  50377: user(400, "Can't update conversation as it's in final closed state"),
  50378: user(400, "Invalid conversation state: {reason}"),
  50379: user(400, "Inactive timer '{value}' is not an ISO 8601 duration"),
  50380: user(400, "Closed timer '{value}' is not an ISO 8601 duration"),
  50384: user(400, "Conversation cannot be created closed"),
  50390: user(400, "Unique name must not look like a Conversation SID"),
  50400: user(400, "Participant is invalid: {reason}"),
  50404: user(409, "Participant is already a member"),
  50407: user(400, "Invalid messaging binding address"),
  50408: user(400, "Invalid messaging binding proxy address"),
  50409: user(400, "Messaging binding address and proxy address must not be the same"),
  50411: user(400, "Messaging binding address must not be empty"),
  50412: user(400, "Messaging binding proxy address must not be empty"),
  50413: user(400, "Messaging binding proxy address is not a number of this account"),
  50414: user(400, "Messaging binding address and proxy address are of different channel types"),
  50415: user(400, "Messaging binding proxy address is not a WhatsApp sender"),
  50416: user(
    409,
    "A binding for this participant and proxy address already exists in Conversation {conversation}",
  ),
  50417: user(400, "Too many participants in the Conversation: at most {limit}"),
  50418: user(400, "Too many non-chat participants in the Conversation: at most {limit}"),
  50420: user(400, "Binding parameters are invalid: {reason}"),
  50425: user(
    409,
    "A binding for this participant and proxy address already exists in Conversation {conversation}",
  ),
  50430: user(404, "Participant not found"),
  50433: user(409, "Participant already exists"),
  50438: user(409, "Group MMS with given participant list already exists as Conversation {conversation}"),
  50441: user(400, "Messaging binding address cannot be changed"),
  50500: user(404, "Message not found"),
  50503: user(400, "Message body must not be empty"),
  50504: user(400, "Message body is longer than {limit}"),
  50510: user(400, "Media SID is invalid: {media}"),
  50511: user(400, "Content type of the media is not one that the channel takes: {type}"),
  50526: user(400, "Content SID is invalid: {sid}"),
  50527: user(400, "Content variables are not a JSON object of texts"),
  50528: user(400, "Content SID is missing: content variables are given"),
  50507: user(400, "Media {media} was not found"),

  45353: user(409, "Conversation {conversation} has an Interaction that is not closed"),
  45354: user(400, "Conversation {conversation} is closed"),
  45376: user(400, "The Interaction's channel is closed"),

  54301: user(409, "Unique name already exists: {name}"),

  81021: user(400, "'{revision}' is no revision: it is a number, LatestPublished or LatestRevision"),
  81023: user(400, "To and From together are longer than {limit} bytes"),
  81022: user(400, "Flow definition validation failed, check `details` for more information"),
  82002: user(500, "{reason}"),
} as const satisfies Record<number, Row>;

export type ErrorCode = keyof typeof errors;

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;
type Values<Code extends ErrorCode> = Record<Names<(typeof errors)[Code]["message"]>, string | number>;
type Arguments<Code extends ErrorCode> = [Names<(typeof errors)[Code]["message"]>] extends [never]
  ? [values?: undefined, details?: Details]
  : [values: Values<Code>, details?: Details];
type Details = Readonly<Record<string, unknown>>;

/** A refusal as Twilio words it. `values` fill the braces of the row's text; `details` go into the answer as they are. */
export class TwilioError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly status: number;
  readonly fault: Fault;
  readonly details: Details | undefined;

  constructor(code: Code, ...[values, details]: Arguments<Code>) {
    const row: Row = errors[code];
    const filled = row.message.replace(/\{(\w+)\}/g, (_, name: string) =>
      String((values as Record<string, string | number> | undefined)?.[name] ?? ""),
    );
    super(filled);
    this.name = "TwilioError";
    this.code = code;
    this.status = row.status;
    this.fault = row.fault;
    this.details = details;
  }
}
