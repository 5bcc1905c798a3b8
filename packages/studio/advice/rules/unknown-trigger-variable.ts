import { nearName } from "../near-name.ts";
import type { Rule } from "../rule.ts";

/** https://www.twilio.com/docs/conversations/conversations-webhooks, onMessageAdded; and what every webhook brings. */
const ofConversation = [
  "AccountSid",
  "Attributes",
  "Author",
  "Body",
  "ChannelAttributes",
  "ChatServiceSid",
  "ClientIdentity",
  "ConversationSid",
  "DateCreated",
  "EventType",
  "Index",
  "Media",
  "MessageSid",
  "MessagingServiceSid",
  "ParticipantSid",
  "RetryCount",
  "Source",
];

/** https://www.twilio.com/docs/messaging/guides/webhook-request, and what Programmable Chat brought. */
const ofMessage = [
  ...ofConversation,
  "Address",
  "ApiVersion",
  "ButtonPayload",
  "ButtonText",
  "ChannelMetadata",
  "ChannelPrefix",
  "ChannelSid",
  "Forwarded",
  "FrequentlyForwarded",
  ...["From", "To"].flatMap((side) => [side, `${side}City`, `${side}Country`, `${side}State`, `${side}Zip`]),
  "InstanceSid",
  "Label",
  "Latitude",
  "Longitude",
  "MessageType",
  "NumMedia",
  "NumSegments",
  "OptOutType",
  "ProfileName",
  "ReferralBody",
  "ReferralHeadline",
  "ReferralSourceId",
  "SmsMessageSid",
  "SmsSid",
  "SmsStatus",
  "WaId",
];

const known: Readonly<Record<string, readonly string[]>> = {
  conversation: ofConversation,
  message: ofMessage,
};

export const unknownTriggerVariable: Rule = {
  code: "unknown-trigger-variable",
  finds:
    "{{trigger.conversation.x}} or {{trigger.message.x}} that is one letter or two from what a message brings",
  because: "it is empty for every customer: a text has a gap, and a split goes on by no match",
  severity: "warning",
  *look({ flow }) {
    for (const node of flow.nodes) {
      const said = new Set<string>();
      for (const { parts, path } of flow.mentions(node)) {
        const [root, kind = "", variable] = parts;
        const names = known[kind];
        if (root !== "trigger" || names === undefined || variable === undefined) continue;
        // Media of a message are numbered: MediaUrl0, MediaContentType0.
        if (names.includes(variable) || /\d$/.test(variable)) continue;
        const near = nearName(variable, names);
        // A split names what it looks at once more in each of its conditions.
        if (near === undefined || said.has(variable)) continue;
        said.add(variable);
        yield {
          widget: node.name,
          property_path: path,
          message: `{{${parts.join(".")}}} in "${node.name}" is always empty: no message brings ${variable}`,
          wayOut: `did you mean {{trigger.${kind}.${near}}}?`,
        };
      }
    }
  },
};
