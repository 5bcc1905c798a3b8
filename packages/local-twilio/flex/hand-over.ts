/** Send To Flex: an Interaction where there is a Conversation, a Task alone where there is none. */
import { TwilioError } from "../errors.ts";
import { text } from "../fields.ts";
import type { Body, Twilio } from "../product.ts";
import type { HandedOver, HandOver } from "../services.ts";
import { makeTask } from "../taskrouter/task.ts";
import { tokens as taskrouter } from "../taskrouter/tokens.ts";
import { openInteraction } from "./interaction.ts";

/** What a hand-over is refused with because of the Conversation, and not because of where it goes. */
const goneCodes = [20404, 45353, 45354];

/** Hands over; a refusal is an answer. */
export function handOver(twilio: Twilio, request: HandOver): HandedOver {
  const workflow = twilio.store.find(taskrouter.workflow, request.workflowSid);
  if (workflow === undefined) return failed("failedToEnqueue", `there is no Workflow ${request.workflowSid}`);
  try {
    return { succeeded: true, variables: handedTo(twilio, request, text(workflow.body, "workspace_sid")) };
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    const { code, message }: TwilioError = error as TwilioError;
    return failed(goneCodes.includes(code) ? "callFailure" : "failedToEnqueue", `${code} ${message}`);
  }
}

function failed(outcome: "failedToEnqueue" | "callFailure", reason: string): HandedOver {
  return { succeeded: false, outcome, reason };
}

/** What stands under `widgets.<name>` afterwards: https://www.twilio.com/docs/studio/widget-library/send-flex */
function handedTo(twilio: Twilio, request: HandOver, workspaceSid: string): Body {
  const { workflowSid, taskChannelSid, attributes, priority, timeoutSeconds, conversationSid } = request;
  if (conversationSid === null) {
    return makeTask(twilio, {
      workspaceSid,
      workflowSid,
      taskChannel: taskChannelSid,
      attributes: JSON.stringify(attributes),
      priority,
      timeoutSeconds,
    }).body;
  }
  const channel = {
    type: text(attributes, "channelType") || "chat",
    initiated_by: "api",
    properties: { media_channel_sid: conversationSid },
  };
  const routing = {
    properties: {
      workspace_sid: workspaceSid,
      workflow_sid: workflowSid,
      task_channel_sid: taskChannelSid,
      priority,
      timeout: timeoutSeconds,
      attributes,
    },
  };
  const { interaction } = openInteraction(twilio, channel, routing);
  return {
    ...interaction.body,
    url: `https://flex-api.twilio.com/v1/Interactions/${interaction.sid}`,
    FlexContextSid: null,
  };
}
