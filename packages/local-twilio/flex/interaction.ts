/**
 * Interactions: a Conversation at Flex.
 * https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interactions
 */
import { tokens as conversations } from "../conversations/tokens.ts";
import { TwilioError } from "../errors.ts";
import { inner, text } from "../fields.ts";
import { renderBody } from "../http/render.ts";
import { bodiesOf, isBody } from "../json.ts";
import type { Behaviour, Body, StoredObject, Twilio } from "../product.ts";
import { openChannelOf } from "./channel.ts";
import { invite } from "./invite.ts";
import { outboundConversation } from "./outbound.ts";
import { routingOf } from "./task-of.ts";
import { tokens } from "./tokens.ts";

export interface Opened {
  readonly interaction: StoredObject;
  readonly channel: StoredObject;
  readonly task: StoredObject | null;
}

/**
 * Opens an Interaction on a Conversation, and invites by its routing.
 *
 * @param channel `{type, initiated_by, properties: {media_channel_sid}}`, or with participants of a new Conversation
 * @throws TwilioError 20404 for a Conversation that is not there, 45354 for one that is closed, 45353 for one that has an
 *   Interaction already
 */
export function openInteraction(twilio: Twilio, channel: Body, routing: Body | null): Opened {
  // What is refused leaves nothing behind.
  return twilio.store.transaction(() => open(twilio, channel, routing));
}

function open(twilio: Twilio, channel: Body, routing: Body | null): Opened {
  const named = text(inner(channel, "properties"), "media_channel_sid");
  const isOutbound = named === "" && bodiesOf(channel["participants"]).length > 0;
  const conversation = isOutbound
    ? outboundConversation(twilio, channel)
    : twilio.store.find(conversations.conversation, named);
  const conversationSid = conversation?.sid ?? named;
  if (conversation === undefined) throw new TwilioError(20404, { path: `/Conversations/${conversationSid}` });
  if (conversation.body["state"] === "closed") {
    throw new TwilioError(45354, { conversation: conversationSid });
  }
  if (openChannelOf(twilio, conversationSid) !== undefined) {
    throw new TwilioError(45353, { conversation: conversationSid });
  }
  const sid = twilio.sid("KD");
  const channelSid = twilio.sid("UO");
  const opened = twilio.store.insert({
    token: tokens.channel,
    sid: channelSid,
    parents: { InteractionSid: sid },
    body: {
      sid: channelSid,
      interaction_sid: sid,
      type: text(channel, "type") || "web",
      status: "active",
      error_code: null,
      error_message: null,
    },
    hidden: { conversationSid, initiatedBy: (text(channel, "initiated_by") || "api").toLowerCase() },
  });
  addParticipant(twilio, sid, channelSid, "customer", null);
  const interaction = twilio.store.insert({
    token: tokens.interaction,
    sid,
    parents: {},
    body: {
      sid,
      channel: { ...channel, sid: channelSid },
      routing,
      interaction_context_sid: null,
      webhook_ttid: null,
    },
    hidden: {},
  });
  if (routing === null) return { interaction, channel: opened, task: null };
  const { task } = invite(twilio, opened, routing);
  const shown = { ...interaction.body, routing: routingOf(task) };
  return { interaction: twilio.store.replace(tokens.interaction, sid, shown), channel: opened, task };
}

/** Adds somebody to an Interaction's channel; `routing` has an agent's Task and Worker. */
export function addParticipant(
  twilio: Twilio,
  interactionSid: string,
  channelSid: string,
  type: "customer" | "agent",
  routing: Body | null,
): void {
  const sid = twilio.sid("UT");
  twilio.store.insert({
    token: tokens.participant,
    sid,
    parents: { InteractionSid: interactionSid, ChannelSid: channelSid },
    body: {
      sid,
      type,
      interaction_sid: interactionSid,
      channel_sid: channelSid,
      routing_properties: routing,
    },
    hidden: {},
  });
}

export const interaction: Behaviour = {
  instead: {
    create({ twilio, input, resource }) {
      const [channel, routing] = [input["Channel"], input["Routing"]];
      const opened = openInteraction(
        twilio,
        isBody(channel) ? channel : {},
        isBody(routing) ? routing : null,
      );
      return { body: renderBody(resource, opened.interaction.body, opened.interaction) };
    },
  },
};
