/** What Start and Resume Conversation share: where they may run, and what an open Conversation leaves behind. */
import { isObject } from "../json.ts";
import type { EngineEvent } from "../types.ts";
import type { Outcome, Run } from "../widget.ts";

/** The names of the variables that an open Conversation leaves. */
export const conversationNames = ["conversation", "webhook_sid", "close_channel_on_execution_end"];

const failed: Outcome = { leave: "failed", variables: {} };

/**
 * Why a Conversation cannot be opened here: only an Execution that the REST API started may, and only one.
 * https://www.twilio.com/docs/studio/widget-library/start-conversation
 */
export function refusal(run: Run): Outcome | null {
  const { trigger, context } = run.execution;
  if (trigger !== "incomingRequest") {
    run.warn(81020, `${run.state.type} can only be used in flows triggered by the REST API`);
    return failed;
  }
  const { channel } = context.flow;
  if (!isObject(channel) || channel.sid === undefined) return null;
  run.warn(81020, `${run.state.name} cannot open a Conversation: the Execution is in one already`);
  return failed;
}

/** What comes of it: the Conversation under `flow.channel`, where messages go from now on, and under the widget. */
export function opened(run: Run, event: EngineEvent, leave: "created" | "resumed"): Outcome | null {
  if (event.type === "conversationFailed") {
    run.warn(event.error.code, `${run.state.name} has no Conversation: ${event.error.message}`);
    return failed;
  }
  if (event.type !== "conversationOpened") return null;
  const { conversation, webhookSid } = event;
  const closes = run.properties.close_conversation_on_execution_end === true;
  const { channel } = run.execution.context.flow;
  run.set(["flow", "channel"], {
    ...(isObject(channel) ? channel : {}),
    sid: conversation.sid ?? "",
    type: "conversation",
    status: conversation.state ?? "active",
    details: {
      chat_service_sid: conversation.chat_service_sid ?? "",
      friendly_name: conversation.friendly_name ?? "",
      participants: conversation.participants ?? [],
      webhook_sid: webhookSid,
      close_channel_on_execution_end: closes,
    },
  });
  return {
    leave,
    variables: { conversation, webhook_sid: webhookSid, close_channel_on_execution_end: closes },
  };
}
