/** Webhooks of one Conversation, https://www.twilio.com/docs/conversations-classic/api/conversation-scoped-webhook-resource */
import { limits } from "../limits.ts";
import { TwilioError } from "../errors.ts";
import { inner, number, text, texts } from "../fields.ts";
import type { Behaviour, Body, StoredObject, Twilio } from "../product.ts";
import { isSid } from "../sid.ts";
import { conversationOf, findConversation, refuseClosed } from "./conversation.ts";
import { tellScoped } from "./notify.ts";
import { messageParameters } from "./parameters.ts";
import { tokens } from "./tokens.ts";

/** What the three targets are told of. https://www.twilio.com/docs/conversations-classic/conversations-webhooks */
const events = [
  "onMessageAdded",
  "onMessageUpdated",
  "onMessageRemoved",
  "onConversationUpdated",
  "onConversationStateUpdated",
  "onConversationRemoved",
  "onParticipantAdded",
  "onParticipantUpdated",
  "onParticipantRemoved",
  "onDeliveryUpdated",
];

/** Stores a webhook that an address configuration asks for. */
export function insertScopedWebhook(
  twilio: Twilio,
  conversation: StoredObject,
  target: "studio" | "webhook",
  configuration: Body,
): StoredObject {
  const serviceSid = text(conversation.body, "chat_service_sid");
  const sid = twilio.sid("WH");
  const now = twilio.clock.iso();
  return twilio.store.insert({
    token: tokens.scopedWebhook,
    sid,
    parents: { ChatServiceSid: serviceSid, ConversationSid: conversation.sid },
    body: {
      sid,
      account_sid: twilio.settings.accountSid,
      chat_service_sid: serviceSid,
      conversation_sid: conversation.sid,
      target,
      configuration,
      date_created: now,
      date_updated: now,
    },
    hidden: {},
  });
}

/** Refuses a webhook beyond those that a Conversation may have: 50361. */
export function refuseOneMore(twilio: Twilio, conversationSid: string): void {
  const others = twilio.store.list(tokens.scopedWebhook, { ConversationSid: conversationSid });
  if (others.length >= limits.conversation.webhooks) {
    throw new TwilioError(50361, { limit: limits.conversation.webhooks });
  }
}

/** Takes the studio webhooks of one Flow off a Conversation. */
export function removeStudioWebhooks(twilio: Twilio, conversationSid: string, flowSid: string): void {
  for (const { sid, body } of twilio.store.list(tokens.scopedWebhook, { ConversationSid: conversationSid })) {
    if (body["target"] !== "studio" || inner(body, "configuration")["flow_sid"] !== flowSid) continue;
    twilio.store.remove(tokens.scopedWebhook, sid);
    twilio.events.append("conversation.webhookRemoved", conversationSid, null, { webhookSid: sid, flowSid });
  }
}

export const scopedWebhook: Behaviour = {
  refuse({ parameter, kind, message }) {
    if (parameter === "Target") {
      return kind === "missing" ? new TwilioError(50368) : new TwilioError(50364, { reason: message });
    }
    if (parameter === "Configuration.FlowSid") return new TwilioError(50367);
    return undefined;
  },
  create(call, draft) {
    const conversation = conversationOf(call);
    refuseClosed(conversation);
    const { twilio, input } = call;
    refuseOneMore(twilio, conversation.sid);
    const target = text(input, "Target");
    const replayAfter = input["Configuration.ReplayAfter"];
    return {
      body: {
        ...draft.body,
        chat_service_sid: text(conversation.body, "chat_service_sid"),
        configuration: readConfiguration(target, input, {}),
      },
      ...(typeof replayAfter === "number" ? { hidden: { replayAfter } } : {}),
    };
  },
  created({ twilio }, object) {
    const { replayAfter } = object.hidden;
    if (typeof replayAfter === "number") replay(twilio, object, replayAfter);
  },
  update(call, current, draft) {
    refuseClosed(conversationOf(call));
    const configuration = inner(current.body, "configuration");
    const target = text(current.body, "target");
    return { body: { ...draft, configuration: readConfiguration(target, call.input, configuration) } };
  },
  list: (_, objects) => objects,
};

/** Tells the webhook of the messages that came after one, as if they came now. */
function replay(twilio: Twilio, webhook: StoredObject, after: number): void {
  const conversation = findConversation(twilio, text(webhook.body, "conversation_sid"));
  for (const message of twilio.store.list(tokens.message, { ConversationSid: conversation.sid })) {
    if (number(message.body, "index") <= after) continue;
    const parameters = messageParameters("onMessageAdded", conversation, message);
    tellScoped(twilio, { name: "onMessageAdded", conversation, source: "API", parameters }, webhook);
  }
}

/** The configuration of a target, checked; what an update leaves out stays. */
function readConfiguration(target: string, input: Body, current: Body): Body {
  if (target === "studio") {
    const flowSid = text(input, "Configuration.FlowSid") || text(current, "flow_sid");
    if (!isSid(flowSid, "FW")) throw new TwilioError(50367);
    return { flow_sid: flowSid };
  }
  const url = text(input, "Configuration.Url") || text(current, "url");
  if (url.length > limits.conversation.webhookUrl) {
    throw new TwilioError(50372, { limit: limits.conversation.webhookUrl });
  }
  if (!URL.canParse(url)) throw new TwilioError(50369);
  const method = text(input, "Configuration.Method") || text(current, "method") || "POST";
  if (target === "trigger") {
    const triggers = list(input, "Configuration.Triggers", current, "triggers");
    if (triggers.length === 0) throw new TwilioError(50371);
    if (triggers.some((trigger) => trigger.trim() === "")) throw new TwilioError(50366);
    if (triggers.length > limits.conversation.triggers) throw new TwilioError(50362);
    return { url, method, triggers, filters: ["onMessageAdded"] };
  }
  const filters = list(input, "Configuration.Filters", current, "filters");
  if (filters.length === 0) throw new TwilioError(50370);
  const unknown = filters.find((filter) => !events.includes(filter));
  if (unknown !== undefined) {
    throw new TwilioError(50365, { reason: `'${unknown}' is not one of ${events.join(", ")}` });
  }
  return { url, method, filters };
}

function list(input: Body, name: string, current: Body, property: string): string[] {
  return input[name] === undefined ? texts(current, property) : texts(input, name);
}
