import { line, onward, runs, splits, type Block } from "./block.ts";

export const timers: Block = {
  name: "timers",
  about:
    "A Conversation gets the stage's timers with its first message, so that it ends by itself and its numbers are free again.",
  parts: [
    {
      at: "start",
      entry: "check-first-message",
      widgets: [
        splits(
          "check-first-message",
          "{{trigger.conversation.Index}}",
          [
            { name: "First", value: "0", next: "start-conversation" },
            { name: "Unknown", value: " ", next: "start-conversation" },
          ],
          onward,
        ),
        runs(
          "start-conversation",
          { conversationSid: "{{trigger.conversation.ConversationSid}}", ...line },
          { success: onward, fail: onward },
        ),
      ],
    },
  ],
  functions: ["start-conversation"],
  wordings: {},
  keys: [],
};
