import { conversation, line, runs, says, type Block } from "./block.ts";

export const close: Block = {
  name: "close",
  about: "A word ends the Conversation: its numbers are free, and whoever waits longest is served.",
  parts: [
    {
      at: "branch",
      entry: "conversation-closed-message",
      widgets: [
        says(
          "conversation-closed-message",
          "The conversation is closed. Write again at any time.",
          "close-conversation",
        ),
        runs("close-conversation", { ...conversation, ...line }, {}),
      ],
    },
  ],
  word: { name: "Close", value: "close", filler: "({ keywords }) => keywords.close" },
  functions: ["close-conversation"],
  wordings: { "conversation-closed-message.body": "conversationClosed" },
  keys: [],
};
