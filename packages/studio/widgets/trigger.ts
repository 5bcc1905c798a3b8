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
  kind: "start",
  deed: "starts",
  said: {
    incomingMessage: "a message comes in",
    incomingCall: "a call comes in",
    incomingConversationMessage: "a message in a Conversation",
    incomingRequest: "the REST API starts it",
    incomingParent: "another Flow runs it",
  },
  properties: z.looseObject({}),
  variables: [],
  enter: ({ execution }) => ({
    leave: execution.caller === undefined ? execution.trigger : "incomingParent",
  }),
});
