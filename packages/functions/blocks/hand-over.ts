import { conversation, line, runs, says, splits, type Block } from "./block.ts";

export const handOver: Block = {
  name: "hand-over",
  about:
    "A customer who writes again after answerWithin, while the agent has not answered, gets the next one.",
  parts: [
    {
      at: { split: "is-agent-here", value: "silent" },
      entry: "replace-agent",
      widgets: [
        runs(
          "replace-agent",
          { ...conversation, ...line, briefing: "What the customer wrote so far:" },
          { success: "is-agent-replaced", fail: "is-agent-replaced" },
        ),
        splits("is-agent-replaced", "{{widgets.replace-agent.parsed.state}}", [
          { name: "Replaced", value: "added", next: "agent-replaced-message" },
        ]),
        says("agent-replaced-message", "The agent has not answered. Another one has joined."),
      ],
    },
  ],
  functions: ["replace-agent"],
  wordings: {
    "agent-replaced-message.body": "agentReplaced",
    "replace-agent.parameters.briefing": "briefing",
  },
  keys: ["agents"],
  after: "agents",
};
