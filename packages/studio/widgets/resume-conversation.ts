import { z } from "zod";
import { widget } from "../widget.ts";
import { optionalText } from "./call.ts";
import { conversationNames, opened, refusal } from "./conversation.ts";

/** https://www.twilio.com/docs/studio/widget-library/start-conversation, for a Conversation that there is */
export const resumeConversation = widget({
  events: ["resumed", "failed"],
  kind: "flow",
  deed: "resumes a Conversation",
  said: { resumed: "", failed: "fails" },
  quiet: ["failed"],
  properties: z.looseObject({
    conversation_service_sid: z.string(),
    conversation_sid: z.string().optional(),
    webhook_filters: z.union([z.string(), z.array(z.string())]).optional(),
    attributes: z.string().optional(),
    close_conversation_on_execution_end: z.boolean().optional(),
  }),
  variables: conversationNames,
  enter(run) {
    return (
      refusal(run) ?? {
        request: {
          type: "resumeConversation",
          serviceSid: run.text("conversation_service_sid"),
          conversationSid: run.text("conversation_sid"),
          attributes: optionalText(run, "attributes"),
        },
      }
    );
  },
  resume: (run, event) => opened(run, event, "resumed"),
});
