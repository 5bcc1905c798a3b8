/**
 * Tokens of Conversations. What is below a service is kept under the row of the path that names the service; the
 * short path (`/v1/Conversations`) means the account's default service and leads to the same objects, so a
 * Conversation of another service is not found on it, and the reverse:
 * https://www.twilio.com/docs/conversations-classic/api/conversation-resource (Using the shortened base URL)
 */
import { text } from "../fields.ts";
import type { Behaviour, Twilio } from "../product.ts";

const token = <Name extends string>(name: Name) => `twilio:conversations:${name}` as const;

export const tokens = {
  service: token("Service"),
  configuration: token("Configuration"),
  globalWebhook: token("ConfigurationWebhook"),
  serviceConfiguration: token("ServiceConfiguration"),
  serviceNotification: token("ServiceNotification"),
  serviceWebhook: token("ServiceWebhookConfiguration"),
  addressConfiguration: token("AddressConfiguration"),
  credential: token("Credential"),
  conversation: token("ServiceConversation"),
  participant: token("ServiceConversationParticipant"),
  message: token("ServiceConversationMessage"),
  receipt: token("ServiceConversationMessageReceipt"),
  scopedWebhook: token("ServiceConversationScopedWebhook"),
  role: token("ServiceRole"),
  user: token("ServiceUser"),
  userConversation: token("ServiceUserConversation"),
} as const;

/** The default service of the account, which the short paths mean. */
export function defaultServiceSid(twilio: Twilio): string {
  const configuration = twilio.store.find(tokens.configuration, twilio.settings.accountSid);
  return configuration ? text(configuration.body, "default_chat_service_sid") : "";
}

/** One behaviour for both paths of a resource, `Conversation` and `ServiceConversation`. */
export function bothPaths(name: string, behaviour: Behaviour): Record<string, Behaviour> {
  const kept = token(`Service${name}`);
  const unsaidParents = (twilio: Twilio): Record<string, string> => ({
    ChatServiceSid: defaultServiceSid(twilio),
  });
  return { [kept]: behaviour, [token(name)]: { ...behaviour, kept: { token: kept, unsaidParents } } };
}
