/** conversations.twilio.com, which Twilio now calls Conversations (classic). */
import type { Behaviour, Product } from "../product.ts";
import { addressConfiguration } from "./address-configuration.ts";
import { configuration, furnishAccount, globalWebhook } from "./configuration.ts";
import { conversation } from "./conversation.ts";
import { takeInbound } from "./inbound.ts";
import { message } from "./message.ts";
import { orchestratorConfiguration } from "./orchestrator.ts";
import { participantConversation } from "./participant-conversations.ts";
import { participant } from "./participant.ts";
import { noteDelivery, receipt } from "./receipt.ts";
import { role } from "./role.ts";
import { closeByStudio } from "./for-studio.ts";
import { removeStudioWebhooks, scopedWebhook } from "./scoped-webhook.ts";
import { sendToConversation } from "./send.ts";
import { service, serviceConfiguration, serviceNotification, serviceWebhook } from "./service.ts";
import { armAll } from "./state.ts";
import { bothPaths, tokens } from "./tokens.ts";
import { userConversation } from "./user-conversations.ts";
import { user } from "./user.ts";
import { conversationWithParticipants } from "./with-participants.ts";

const behaviours: Record<string, Behaviour> = {
  [tokens.service]: service,
  [tokens.configuration]: configuration,
  [tokens.globalWebhook]: globalWebhook,
  [tokens.serviceConfiguration]: serviceConfiguration,
  [tokens.serviceNotification]: serviceNotification,
  [tokens.serviceWebhook]: serviceWebhook,
  [tokens.addressConfiguration]: addressConfiguration,
  "twilio:conversations:OrchestratorConfiguration": orchestratorConfiguration,
  ...bothPaths("Conversation", conversation),
  ...bothPaths("ConversationParticipant", participant),
  ...bothPaths("ConversationMessage", message),
  ...bothPaths("ConversationMessageReceipt", receipt),
  ...bothPaths("ConversationScopedWebhook", scopedWebhook),
  ...bothPaths("ConversationWithParticipants", conversationWithParticipants),
  ...bothPaths("ParticipantConversation", participantConversation),
  ...bothPaths("Role", role),
  ...bothPaths("User", user),
  ...bothPaths("UserConversation", userConversation),
};

export const conversations: Product = {
  name: "conversations",
  behaviours,
  services: (twilio) => ({
    conversations: {
      inbound: (inbound) => takeInbound(twilio, inbound),
      noteDelivery: (receiptSid, status, errorCode) => noteDelivery(twilio, receiptSid, status, errorCode),
      send: (conversationSid, sent) => sendToConversation(twilio, conversationSid, sent),
      executionEnded(conversationSid, flowSid, closes) {
        if (closes) closeByStudio(twilio, conversationSid);
        if (twilio.settings.switches.studioWebhookOutlivesExecution) return;
        removeStudioWebhooks(twilio, conversationSid, flowSid);
      },
    },
  }),
  start(twilio) {
    furnishAccount(twilio);
    armAll(twilio);
  },
  reset: furnishAccount,
};
