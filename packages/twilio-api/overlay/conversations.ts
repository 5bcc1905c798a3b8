import { each, jsonText, type OverlayRow } from "./overlay-row.ts";

/** Both paths to a Conversation: of the default service, and of any. */
const both = (...names: string[]) => names.flatMap((name) => [name, `Service${name}`]);

export const conversations: readonly OverlayRow[] = [
  {
    token: "twilio:conversations:ConfigurationAddress",
    rename: "AddressConfiguration",
    reason: "Twilio's pages call it Address Configuration",
  },
  ...each(
    "conversations",
    both(
      "Conversation",
      "ConversationMessage",
      "ConversationParticipant",
      "ConversationWithParticipants",
      "User",
    ),
    { types: { Attributes: jsonText }, reason: "JSON as text, in requests and in responses" },
  ),
  ...each("conversations", both("Conversation", "ConversationWithParticipants"), {
    shownAs: { "Timers.Inactive": null, "Timers.Closed": null },
    reason: "a duration goes in, the moment it leads to (date_inactive) is shown",
  }),
  ...each("conversations", both("ConversationScopedWebhook"), {
    shownAs: { "Configuration.ReplayAfter": null },
    reason: "taken at creation and never shown again",
  }),
  ...each("conversations", both("Role"), {
    shownAs: { Permission: "permissions" },
    reason: "each Permission goes in alone, all of them are shown as permissions",
  }),
  {
    token: "twilio:conversations:ConfigurationAddress",
    filledIn: ["AddressCountry", "AutoCreation.ConversationServiceSid"],
    reason: "the number's country and the account's default Service",
  },
  {
    token: "twilio:conversations:Configuration",
    filledIn: ["DefaultChatServiceSid", "DefaultMessagingServiceSid"],
    reason: "every account has its defaults",
  },
  ...each("conversations", both("Conversation"), {
    filledIn: ["MessagingServiceSid"],
    reason: "the account's default Messaging Service",
  }),
  ...each("conversations", both("ConversationParticipant"), {
    filledIn: ["DateCreated", "DateUpdated", "RoleSid"],
    reason: "the moment it is made, and the Service's default role",
  }),
  {
    token: "twilio:conversations:Credential",
    secretInputs: ["Certificate", "PrivateKey", "ApiKey", "Secret"],
    reason: "push credentials",
  },
  {
    token: "twilio:conversations:ServiceWebhookConfiguration",
    nullable: ["method"],
    reason: "null until somebody sets it: the document's own example fetchEmpty",
  },
];
