/**
 * What the OpenAPI documents get wrong or leave out, as rows with a reason each. An engine never has an `if` for a
 * resource: what it needs to know of one stands here.
 */
import type { Operation, OperationName, ValueType } from "./types.ts";

export interface OverlayRow {
  /** Row it corrects. */
  readonly token: string;
  readonly reason: string;
  /** Name of the resource, where the operation ids call it otherwise than Twilio's pages do. */
  readonly rename?: string;
  /** Inputs whose value no response shows, or shows elsewhere (`null`: nowhere). */
  readonly shownAs?: Readonly<Record<string, string | null>>;
  /** Parameters whose type the document gives as text, or not at all. */
  readonly types?: Readonly<Record<string, ValueType>>;
  /** Properties that Twilio answers null for where the document does not say so. */
  readonly nullable?: readonly string[];
  /** Properties that Twilio answers an empty text for where nothing is set, though their pattern asks for more. */
  readonly emptyText?: readonly string[];
  /** Properties that Twilio answers in another form than the document gives them: pattern, format and range do not hold. */
  readonly otherForm?: readonly string[];
  readonly secretInputs?: readonly string[];
  readonly secretProperties?: readonly string[];
  /** Operations that the document leaves out. */
  readonly operations?: Readonly<Partial<Record<OperationName, Operation>>>;
}

const json: ValueType = { kind: "json" };
const jsonText: ValueType = { kind: "string", format: "json" };
const visibility: ValueType = { kind: "string", enum: ["public", "protected", "private"] };

/** The upload host takes multipart forms: these fields, and the file as `Content`. */
function upload(path: string): Partial<Record<OperationName, Operation>> {
  return {
    create: {
      method: "POST",
      host: "serverless-upload.twilio.com",
      path,
      status: 201,
      form: [
        { name: "Path", type: { kind: "string", maxLength: 255 }, required: true },
        { name: "Visibility", type: visibility, required: true },
      ],
      query: [],
      headers: [],
    },
  };
}

const attributes = ["Attributes"];
const withJsonAttributes = [
  "conversations:Conversation",
  "conversations:ConversationMessage",
  "conversations:ConversationParticipant",
  "conversations:User",
  "conversations:ServiceConversation",
  "conversations:ServiceConversationMessage",
  "conversations:ServiceConversationParticipant",
  "conversations:ServiceUser",
  "conversations:ConversationWithParticipants",
  "conversations:ServiceConversationWithParticipants",
];
const timed = [
  "Conversation",
  "ServiceConversation",
  "ConversationWithParticipants",
  "ServiceConversationWithParticipants",
];
const scopedWebhooks = ["ConversationScopedWebhook", "ServiceConversationScopedWebhook"];
const credentials = ["Credential"];

export const overlay: readonly OverlayRow[] = [
  {
    token: "twilio:conversations:ConfigurationAddress",
    rename: "AddressConfiguration",
    reason: "Twilio's pages call it Address Configuration",
  },
  {
    token: "twilio:studio:TestUser",
    rename: "FlowTestUser",
    reason: "it is a Flow's; the node client calls it so too",
  },
  {
    token: "twilio:serverless:FunctionVersion",
    operations: upload("/v1/Services/{ServiceSid}/Functions/{FunctionSid}/Versions"),
    reason:
      "uploads are documented in prose only, https://www.twilio.com/docs/serverless/api/resource/function-version",
  },
  {
    token: "twilio:serverless:AssetVersion",
    operations: upload("/v1/Services/{ServiceSid}/Assets/{AssetSid}/Versions"),
    reason:
      "uploads are documented in prose only, https://www.twilio.com/docs/serverless/api/resource/asset-version",
  },
  {
    token: "twilio:serverless:Build",
    types: { Dependencies: json },
    reason: "the document says text; it is a list of {name, version} as JSON",
  },
  ...withJsonAttributes.map((name) => ({
    token: `twilio:${name}`,
    types: Object.fromEntries(attributes.map((attribute) => [attribute, jsonText])),
    reason: "JSON as text, in requests and in responses",
  })),
  ...timed.map((name) => ({
    token: `twilio:conversations:${name}`,
    shownAs: { "Timers.Inactive": null, "Timers.Closed": null },
    reason: "a duration goes in, the moment it leads to (date_inactive) is shown",
  })),
  ...scopedWebhooks.map((name) => ({
    token: `twilio:conversations:${name}`,
    shownAs: { "Configuration.ReplayAfter": null },
    reason: "taken at creation and never shown again",
  })),
  ...credentials.map((name) => ({
    token: `twilio:conversations:${name}`,
    secretInputs: ["Certificate", "PrivateKey", "ApiKey", "Secret"],
    reason: "push credentials",
  })),
  {
    token: "twilio:flex:ConfiguredPlugin",
    otherForm: ["plugin_version_sid"],
    reason: "the document's own examples show a Plugin's SID there",
  },
  ...["Task", "Worker"].map((name) => ({
    token: `twilio:taskrouter:${name}`,
    types: { Attributes: jsonText },
    reason: "JSON as text, in requests and in responses",
  })),
  {
    token: "twilio:taskrouter:Workflow",
    types: { Configuration: jsonText },
    reason: "JSON as text, in requests and in responses",
  },
  {
    token: "twilio:conversations:ServiceWebhookConfiguration",
    nullable: ["method"],
    reason: "null until somebody sets it: the document's own example fetchEmpty",
  },
  {
    token: "twilio:api:IncomingPhoneNumber",
    emptyText: ["sms_application_sid", "voice_application_sid"],
    reason: "the API of 2010 writes no application as an empty text: the document's own examples",
  },
  {
    token: "twilio:api:Account",
    secretProperties: ["auth_token"],
    reason: "whoever has it can do everything with the account",
  },
];

/** The corrections of the row that the generator makes under a token. */
export function overlayRowsOf(token: string): readonly OverlayRow[] {
  const [, product = "", name = ""] = token.split(":");
  const renamed = overlay.filter((row) => row.rename === name && row.token.startsWith(`twilio:${product}:`));
  const tokens = new Set([token, ...renamed.map((row) => row.token)]);
  return overlay.filter((row) => tokens.has(row.token));
}
