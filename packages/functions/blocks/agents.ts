import { conversation, line, now, onward, runs, said, says, splits, type Block } from "./block.ts";

export const agents: Block = {
  name: "agents",
  about:
    "A word brings the first free agent of the line, or of the queue whose word it is; while somebody is there the Flow is silent, and done lets them go.",
  parts: [
    {
      at: "start",
      entry: "check-agent",
      widgets: [
        runs(
          "check-agent",
          { ...conversation, within: "300", ...now },
          { success: "is-agent-here", fail: onward },
        ),
        splits(
          "is-agent-here",
          "{{widgets.check-agent.parsed.state}}",
          [{ name: "Nobody", value: "nobody", next: onward }],
          "is-agent-done",
        ),
        splits("is-agent-done", "{{trigger.conversation.Body}}", [
          { name: "Done", value: "done", next: "remove-support-agent" },
        ]),
        runs(
          "remove-support-agent",
          { ...conversation, ...line, author: "{{trigger.conversation.Author}}", servesNext: "true" },
          { success: "is-agent-removed", fail: "is-agent-removed" },
        ),
        splits("is-agent-removed", "{{widgets.remove-support-agent.parsed.removed}}", [
          { name: "Removed", value: "true", next: "agent-removed-message" },
        ]),
        says("agent-removed-message", "The support agent has left the conversation."),
      ],
    },
    {
      at: "branch",
      entry: "find-agent",
      widgets: [
        runs(
          "find-agent",
          {
            ...conversation,
            ...line,
            said,
            author: "{{contact.channel.address}}",
            ...now,
            whenFree: "An agent is free now.",
            briefing: "What the customer wrote so far:",
          },
          { success: "is-agent-found", fail: "no-agent-message" },
        ),
        splits("is-agent-found", "{{widgets.find-agent.parsed.state}}", [
          { name: "Added", value: "added,handed-over", next: "agent-added-message" },
          { name: "None", value: "none", next: "no-agent-message" },
        ]),
        says("agent-added-message", "Added support agent"),
        says("no-agent-message", "No support agent is free. You will hear from us as soon as one is."),
      ],
    },
  ],
  word: {
    name: "Agent",
    value: "support",
    filler: '({ keywords, queueKeywords }) => [keywords.support ?? "support", ...queueKeywords].join(",")',
    isList: true,
  },
  functions: ["check-agent", "find-agent", "remove-support-agent"],
  wordings: {
    "agent-added-message.body": "agentAdded",
    "no-agent-message.body": "noAgent",
    "agent-removed-message.body": "agentRemoved",
    "find-agent.parameters.whenFree": "agentFree",
    "find-agent.parameters.briefing": "briefing",
  },
  fillers: {
    "check-agent.parameters.within": "({ answerWithin }) => String(answerWithin)",
    "is-agent-done.conditions.Done.value": "({ keywords }) => keywords.done",
  },
  keys: ["agents"],
};
