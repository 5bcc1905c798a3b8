import { z } from "zod";
import type { Widget } from "../widget.ts";

/** https://www.twilio.com/docs/studio/widget-library/trigger-start */
export const trigger: Widget = {
  events: [
    "incomingMessage",
    "incomingCall",
    "incomingConversationMessage",
    "incomingRequest",
    "incomingParent",
  ],
  properties: z.looseObject({}),
  enter: ({ execution }) => ({ leave: execution.trigger }),
};
