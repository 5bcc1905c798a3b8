/**
 * People in an Interaction's channel. An agent whose participant is closed has parked: their Task completes, the channel
 * and the Conversation stay. https://www.twilio.com/docs/flex/developer/conversations/park-an-interaction
 */
import { inner, text } from "../fields.ts";
import type { Behaviour } from "../product.ts";
import { statusOf } from "../taskrouter/state.ts";
import { finish } from "../taskrouter/task.ts";
import { tokens as taskrouter } from "../taskrouter/tokens.ts";
import { leaveAgent } from "./agents.ts";
import { conversationSidOf } from "./invite.ts";
import { tokens } from "./tokens.ts";

export const participant: Behaviour = {
  updated({ twilio, input, path }, _, after) {
    const routing = inner(after.body, "routing_properties");
    const task = twilio.store.find(taskrouter.task, text(routing, "task_sid"));
    const channel = twilio.store.find(tokens.channel, path["ChannelSid"] ?? "");
    if (task === undefined || channel === undefined) return;
    const to = text(input, "Status") === "wrapup" ? "wrapping" : "completed";
    if (["assigned", "wrapping"].includes(statusOf(task)) && statusOf(task) !== to) {
      finish(twilio, task, to, "");
    }
    leaveAgent(twilio, conversationSidOf(channel), text(routing, "identity"));
  },
};
