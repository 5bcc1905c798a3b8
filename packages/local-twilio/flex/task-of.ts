/** What an Interaction's Task says of it, and what the Interaction shows of its Task. */
import { number, text } from "../fields.ts";
import { isBody, parseJson } from "../json.ts";
import type { Body, Json, StoredObject } from "../product.ts";

/** Where a Task comes from. */
export interface Origin {
  readonly interactionSid: string;
  readonly channelSid: string;
  readonly inviteSid: string;
  readonly conversationSid: string;
  /** `sms`, `whatsapp`, `web`, `chat`, … */
  readonly channelType: string;
  /** `customer`, `api` or `agent`. */
  readonly initiatedBy: string;
}

/**
 * Attributes of an Interaction's Task: those of the request as they are, and what Flex adds, see
 * https://www.twilio.com/docs/flex/developer/conversations/interactions-api#task-attributes
 */
export function attributesFor(given: Json | undefined, origin: Origin): Body {
  const { interactionSid, conversationSid, channelType, initiatedBy } = origin;
  const asked = typeof given === "string" ? parseJson(given) : (given ?? null);
  const attributes = isBody(asked) ? asked : {};
  const [name, address] = [text(attributes, "customerName"), text(attributes, "customerAddress")];
  const isPhone = /^(?:\w+:)?\+/.test(address);
  const customers =
    name === "" && address === ""
      ? {}
      : { name: name || null, phone: isPhone ? address : null, email: isPhone || !address ? null : address };
  const insights = isBody(attributes["conversations"]) ? attributes["conversations"] : {};
  return {
    channelType,
    direction: initiatedBy === "agent" ? "outbound" : "inbound",
    initiatedBy,
    customers,
    ...attributes,
    taskCreateSource: "interaction",
    conversations: {
      conversation_id: interactionSid,
      initiated_by: initiatedBy,
      communication_channel: channelType,
      media: [{ type: "ChatTranscript", sid: conversationSid }],
      ...insights,
    },
    conversationSid,
    flexInteractionSid: interactionSid,
    flexInteractionChannelSid: origin.channelSid,
    flexChannelInviteSid: origin.inviteSid,
  };
}

/** `routing` of an Interaction or invite: its Task, with names and dates of its own. */
export function routingOf({ sid, body }: StoredObject): Body {
  const seconds = (name: string): Json =>
    text(body, name) === "" ? null : Math.floor(Date.parse(text(body, name)) / 1000);
  return {
    reservation: null,
    properties: {
      sid,
      account_sid: body["account_sid"] ?? null,
      workspace_sid: body["workspace_sid"] ?? null,
      workflow_sid: body["workflow_sid"] ?? null,
      workflow_name: body["workflow_friendly_name"] ?? null,
      queue_sid: body["task_queue_sid"] ?? null,
      queue_name: body["task_queue_friendly_name"] ?? null,
      task_channel_sid: body["task_channel_sid"] ?? null,
      task_channel_unique_name: body["task_channel_unique_name"] ?? null,
      attributes: text(body, "attributes"),
      addons: text(body, "addons"),
      assignment_status: text(body, "assignment_status"),
      assignmentCounter: 0,
      age: 0,
      age_in_queue: 0,
      priority: number(body, "priority"),
      timeout: number(body, "timeout"),
      reason: body["reason"] ?? null,
      routing_target: body["routing_target"] ?? null,
      ignore_capacity: body["ignore_capacity"] ?? false,
      date_created: seconds("date_created"),
      date_updated: seconds("date_updated"),
      task_queue_entered_date: seconds("task_queue_entered_date"),
    },
  };
}
