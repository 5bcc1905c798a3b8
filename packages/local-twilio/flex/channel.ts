/**
 * An Interaction's channel, and how it ends: its Tasks with it, and its Conversation.
 * https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interaction-channels
 */
import { changeState } from "../conversations/state.ts";
import { tokens as conversations } from "../conversations/tokens.ts";
import { TwilioError } from "../errors.ts";
import { inner, text } from "../fields.ts";
import { isBody } from "../json.ts";
import type { Behaviour, StoredObject, Twilio } from "../product.ts";
import { cancel } from "../taskrouter/routing.ts";
import { statusOf } from "../taskrouter/state.ts";
import { finish } from "../taskrouter/task.ts";
import { tokens as taskrouter } from "../taskrouter/tokens.ts";
import { conversationSidOf } from "./invite.ts";
import { tokens } from "./tokens.ts";

/** The channel that a Conversation is at Flex by, unless it is closed. */
export function openChannelOf(twilio: Twilio, conversationSid: string): StoredObject | undefined {
  return twilio.store
    .list(tokens.channel)
    .findLast(
      (channel) => conversationSidOf(channel) === conversationSid && channel.body["status"] !== "closed",
    );
}

/** The Tasks that a channel's invites made, as they are now. */
export function tasksOf(twilio: Twilio, channel: StoredObject): StoredObject[] {
  return twilio.store
    .list(tokens.invite, { ChannelSid: channel.sid })
    .flatMap(({ hidden }) => twilio.store.find(taskrouter.task, text(hidden, "taskSid")) ?? []);
}

/**
 * Closes a channel.
 *
 * @param to what becomes of Tasks that somebody works on; those that wait are given up
 */
export function closeChannel(
  twilio: Twilio,
  channel: StoredObject,
  status: "closed" | "inactive",
  to: "wrapping" | "completed",
): void {
  twilio.store.replace(tokens.channel, channel.sid, { ...channel.body, status });
  for (const task of tasksOf(twilio, channel)) {
    const now = statusOf(task);
    if (now === "pending" || now === "reserved") cancel(twilio, task, "The Interaction's channel was closed");
    if (now === "assigned" || (now === "wrapping" && to === "completed")) finish(twilio, task, to, "");
  }
  const conversation = twilio.store.find(conversations.conversation, conversationSidOf(channel));
  if (conversation !== undefined && conversation.body["state"] !== "closed") {
    changeState(twilio, conversation, status, "EVENT");
  }
}

export const channel: Behaviour = {
  update(_, current, draft) {
    if (current.body["status"] === "closed") throw new TwilioError(45376);
    return { body: { ...draft, status: current.body["status"] ?? null } };
  },
  updated({ twilio, input }, _, after) {
    const status = text(input, "Status") === "inactive" ? "inactive" : "closed";
    const routing = isBody(input["Routing"]) ? input["Routing"] : {};
    const asked = text(routing, "status") || text(inner(routing, "properties"), "status");
    closeChannel(twilio, after, status, asked === "closed" ? "completed" : "wrapping");
  },
};
