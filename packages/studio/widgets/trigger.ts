import { z } from "zod";
import { widget } from "../widget.ts";

/** https://www.twilio.com/docs/studio/widget-library/trigger-start */
export const trigger = widget({
  events: [
    "incomingMessage",
    "incomingCall",
    "incomingConversationMessage",
    "incomingRequest",
    "incomingParent",
  ],
  properties: z.looseObject({}),
  variables: [],
  enter: ({ execution }) => ({
    leave: execution.caller === undefined ? execution.trigger : "incomingParent",
  }),
});
