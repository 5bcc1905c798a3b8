/** Every widget there is a file of, by the type that definitions name it with. */
import type { Widget } from "../widget.ts";
import { addMemberToChatChannel } from "./add-member-to-chat-channel.ts";
import { addTwimlRedirect } from "./add-twiml-redirect.ts";
import { capturePayments } from "./capture-payments.ts";
import { connectCallTo } from "./connect-call-to.ts";
import { connectVirtualAgent } from "./connect-virtual-agent.ts";
import { connectVirtualAgentV2 } from "./connect-virtual-agent-v2.ts";
import { createChatChannel } from "./create-chat-channel.ts";
import { createTask } from "./create-task.ts";
import { enqueueCall } from "./enqueue-call.ts";
import { forkStream } from "./fork-stream.ts";
import { gatherInputOnCall } from "./gather-input-on-call.ts";
import { makeHttpRequest } from "./make-http-request.ts";
import { makeOutgoingCallV1 } from "./make-outgoing-call-v1.ts";
import { makeOutgoingCallV2 } from "./make-outgoing-call-v2.ts";
import { recordCall } from "./record-call.ts";
import { recordVoicemail } from "./record-voicemail.ts";
import { resumeConversation } from "./resume-conversation.ts";
import { runConversationRelay } from "./run-conversation-relay.ts";
import { runFunction } from "./run-function.ts";
import { runFunctionV2 } from "./run-function-v2.ts";
import { runSubflow } from "./run-subflow.ts";
import { sayPlay } from "./say-play.ts";
import { sendAndWaitForReply } from "./send-and-wait-for-reply.ts";
import { sendMessage } from "./send-message.ts";
import { sendToAutoPilot } from "./send-to-auto-pilot.ts";
import { sendToFlex } from "./send-to-flex.ts";
import { setVariables } from "./set-variables.ts";
import { splitBasedOn } from "./split-based-on.ts";
import { startConversation } from "./start-conversation.ts";
import { trigger } from "./trigger.ts";
import { understand } from "./understand.ts";
import { updateSyncObject } from "./update-sync-object.ts";

export const widgets = {
  "add-member-to-chat-channel": addMemberToChatChannel,
  "add-twiml-redirect": addTwimlRedirect,
  "capture-payments": capturePayments,
  "connect-call-to": connectCallTo,
  "connect-virtual-agent": connectVirtualAgent,
  "connect-virtual-agent-v2": connectVirtualAgentV2,
  "create-chat-channel": createChatChannel,
  "create-task": createTask,
  "enqueue-call": enqueueCall,
  "fork-stream": forkStream,
  "gather-input-on-call": gatherInputOnCall,
  "make-http-request": makeHttpRequest,
  "make-outgoing-call-v1": makeOutgoingCallV1,
  "make-outgoing-call-v2": makeOutgoingCallV2,
  "record-call": recordCall,
  "record-voicemail": recordVoicemail,
  "resume-conversation": resumeConversation,
  "run-conversation-relay": runConversationRelay,
  "run-function": runFunction,
  "run-function-v2": runFunctionV2,
  "run-subflow": runSubflow,
  "say-play": sayPlay,
  "send-and-wait-for-reply": sendAndWaitForReply,
  "send-message": sendMessage,
  "send-to-auto-pilot": sendToAutoPilot,
  "send-to-flex": sendToFlex,
  "set-variables": setVariables,
  "split-based-on": splitBasedOn,
  "start-conversation": startConversation,
  trigger,
  understand,
  "update-sync-object": updateSyncObject,
} satisfies Record<string, Widget>;

export type WidgetType = keyof typeof widgets;

/** The widget of a type; undefined when there is no file of it. */
export function widgetOfType(type: string): Widget | undefined {
  return Object.hasOwn(widgets, type) ? widgets[type as WidgetType] : undefined;
}
