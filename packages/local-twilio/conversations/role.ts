/** Roles, https://www.twilio.com/docs/conversations-classic/api/role-resource. Nothing here enforces them: that is for SDK clients. */
import { TwilioError } from "../errors.ts";
import { text, texts } from "../fields.ts";
import type { Behaviour, Twilio } from "../product.ts";
import { tokens } from "./tokens.ts";

const messages = ["sendMessage", "sendMediaMessage", "editOwnMessage", "deleteOwnMessage"];
const members = ["addParticipant", "removeParticipant", "deleteConversation", "editConversationName"];
const conversationAdmin = [...messages, ...members, "editConversationAttributes", "leaveConversation"];

/** All that a role can permit, https://www.twilio.com/docs/conversations-classic/api/role-resource#permission-values */
const known: readonly string[] = [
  ...conversationAdmin,
  ...["addNonChatParticipant", "editAnyMessage", "editAnyMessageAttributes", "editOwnMessageAttributes"],
  ...["editOwnMessage", "deleteAnyMessage", "editNotificationLevel", "editConversationUniqueName"],
  ...["editAnyParticipantAttributes", "editOwnParticipantAttributes", "createConversation"],
  ...["joinConversation", "editOwnUserInfo", "editAnyUserInfo"],
];

/** The roles that every service begins with. */
const defaults = [
  {
    name: "service admin",
    type: "service",
    permissions: [...conversationAdmin, "createConversation", "editAnyUserInfo"],
  },
  {
    name: "service user",
    type: "service",
    permissions: ["createConversation", "joinConversation", "editOwnUserInfo"],
  },
  { name: "channel admin", type: "conversation", permissions: conversationAdmin },
  { name: "channel user", type: "conversation", permissions: [...messages, "leaveConversation"] },
] as const;

/** Stores the default roles of a service; answers their SIDs by name. */
export function addDefaultRoles(twilio: Twilio, serviceSid: string): Record<string, string> {
  const now = twilio.clock.iso();
  return Object.fromEntries(
    defaults.map(({ name, type, permissions }) => {
      const sid = twilio.sid("RL");
      twilio.store.insert({
        token: tokens.role,
        sid,
        parents: { ChatServiceSid: serviceSid },
        body: {
          sid,
          account_sid: twilio.settings.accountSid,
          chat_service_sid: serviceSid,
          friendly_name: name,
          type,
          permissions: [...permissions],
          date_created: now,
          date_updated: now,
        },
        hidden: {},
      });
      return [name, sid];
    }),
  );
}

/** The role that participants of a service get when none is named. */
export function defaultParticipantRole(twilio: Twilio, serviceSid: string): string | null {
  const configuration = twilio.store.find(tokens.serviceConfiguration, serviceSid);
  return configuration ? text(configuration.body, "default_conversation_role_sid") || null : null;
}

export const role: Behaviour = {
  create({ input }, draft) {
    const permissions = texts(input, "Permission");
    if (permissions.length === 0) {
      throw new TwilioError(20001, { reason: "A role needs at least one Permission" });
    }
    refuseUnknown(permissions);
    return {
      body: { ...draft.body, chat_service_sid: draft.parents["ChatServiceSid"] ?? null, permissions },
    };
  },
  update({ input }, _, draft) {
    const permissions = texts(input, "Permission");
    refuseUnknown(permissions);
    return { body: { ...draft, permissions } };
  },
};

/** https://www.twilio.com/docs/api/errors/50104 */
function refuseUnknown(permissions: readonly string[]): void {
  const unknown = permissions.find((permission) => !known.includes(permission));
  if (unknown !== undefined) throw new TwilioError(50104, { permission: unknown });
}
