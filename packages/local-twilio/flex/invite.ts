/** Inviting somebody to an Interaction's channel makes a Task: https://www.twilio.com/docs/flex/developer/conversations/interactions-api/invites-subresource */
import { TwilioError } from "../errors.ts";
import { inner, number, text } from "../fields.ts";
import { renderBody } from "../http/render.ts";
import { isBody } from "../json.ts";
import type { Behaviour, Body, StoredObject, Twilio } from "../product.ts";
import { makeTask } from "../taskrouter/task.ts";
import { tokens as taskrouter } from "../taskrouter/tokens.ts";
import { attributesFor, routingOf } from "./task-of.ts";
import { tokens } from "./tokens.ts";

/** The channel of an Interaction that its Conversation is. */
export function conversationSidOf(channel: StoredObject): string {
  return text(channel.hidden, "conversationSid");
}

/**
 * Invites by a Workflow and makes the Task.
 *
 * @param routing as the request has it, `{properties: {workspace_sid, workflow_sid, task_channel_unique_name, attributes}}`; with `worker_sid` that
 *   Worker alone is asked
 * @throws TwilioError 45376 for a channel that is closed, 20001 for a Workflow or channel that is not there
 */
export function invite(
  twilio: Twilio,
  channel: StoredObject,
  routing: Body,
): { invite: StoredObject; task: StoredObject } {
  if (channel.body["status"] === "closed") throw new TwilioError(45376);
  const properties = inner(routing, "properties");
  const interactionSid = text(channel.body, "interaction_sid");
  const sid = twilio.sid("KG");
  const workflow = twilio.store.find(taskrouter.workflow, text(properties, "workflow_sid"));
  if (workflow === undefined) {
    throw new TwilioError(20001, { reason: `there is no Workflow ${text(properties, "workflow_sid")}` });
  }
  const task = makeTask(twilio, {
    workspaceSid: text(properties, "workspace_sid") || text(workflow.body, "workspace_sid"),
    workflowSid: workflow.sid,
    taskChannel: text(properties, "task_channel_sid") || text(properties, "task_channel_unique_name"),
    attributes: JSON.stringify(
      attributesFor(properties["attributes"], {
        interactionSid,
        channelSid: channel.sid,
        inviteSid: sid,
        conversationSid: conversationSidOf(channel),
        channelType: text(channel.body, "type"),
        initiatedBy: text(channel.hidden, "initiatedBy"),
      }),
    ),
    priority: number(properties, "priority"),
    timeoutSeconds: properties["timeout"] === undefined ? null : number(properties, "timeout"),
    queueSid: text(properties, "queue_sid"),
    routingTarget: text(properties, "worker_sid") || text(properties, "routing_target"),
  });
  const made = twilio.store.insert({
    token: tokens.invite,
    sid,
    parents: { InteractionSid: interactionSid, ChannelSid: channel.sid },
    body: {
      sid,
      interaction_sid: interactionSid,
      channel_sid: channel.sid,
      routing: routingOf(task),
      url: `https://flex-api.twilio.com/v1/Interactions/${interactionSid}/Channels/${channel.sid}/Invites/${sid}`,
    },
    hidden: { taskSid: task.sid },
  });
  return { invite: made, task };
}

export const inviteBehaviour: Behaviour = {
  instead: {
    create({ twilio, path, input, resource }) {
      const channel = twilio.store.find(tokens.channel, path["ChannelSid"] ?? "");
      if (channel === undefined) {
        throw new TwilioError(20404, { path: `Channels/${path["ChannelSid"] ?? ""}` });
      }
      const made = invite(twilio, channel, isBody(input["Routing"]) ? input["Routing"] : {}).invite;
      return { body: renderBody(resource, made.body, made) };
    },
  },
};
