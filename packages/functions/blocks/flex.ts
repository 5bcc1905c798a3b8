import { conversation, line, runs, says, type Block } from "./block.ts";

export const flex: Block = {
  name: "flex",
  about:
    "A word hands the customer over to Flex; the Flow says nothing more, and the Conversation ends with its Task.",
  parts: [
    {
      at: "branch",
      entry: "to-flex-message",
      widgets: [
        says("to-flex-message", "One moment, an agent will be with you.", "to-flex"),
        {
          name: "to-flex",
          type: "send-to-flex",
          transitions: [
            { event: "callComplete", next: "leave-to-flex" },
            { event: "failedToEnqueue", next: "not-to-flex-message" },
            { event: "callFailure", next: "not-to-flex-message" },
          ],
          properties: {
            workflow: `WW${"0".repeat(32)}`,
            channel: `TC${"0".repeat(32)}`,
            attributes: '{"line":"support"}',
            timeout: "1800",
          },
        },
        runs(
          "leave-to-flex",
          {
            ...conversation,
            ...line,
            unanswered: "Nobody could answer in time. Write again to try once more.",
            stillWaiting: "All agents are still busy. You are next.",
            closed: "The agent has closed this conversation. Write again whenever you like.",
          },
          {},
        ),
        says("not-to-flex-message", "Nobody could be reached. Write again to try once more."),
      ],
    },
  ],
  word: { name: "Flex", value: "support", filler: "({ keywords }) => keywords.support" },
  functions: ["leave-to-flex", "task-ended"],
  wordings: {
    "to-flex-message.body": "toFlex",
    "not-to-flex-message.body": "noAgent",
    "leave-to-flex.parameters.unanswered": "noAgent",
    "leave-to-flex.parameters.stillWaiting": "stillWaiting",
    "leave-to-flex.parameters.closed": "conversationClosed",
  },
  fillers: {
    "to-flex.workflow": "({ flex }) => flex?.workflowSid",
    "to-flex.channel": "({ flex }) => flex?.taskChannelSid",
    "to-flex.timeout": "({ flex }) => flex && String(flex.timeoutSeconds)",
    "to-flex.attributes": "({ line }) => JSON.stringify({ line })",
  },
  keys: ["flex"],
};
