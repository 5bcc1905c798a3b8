/** What differs from stage to stage in `support.json`, and what fills it. */
import { defineBindings } from "@support-line/studio/bindings";
import { runsFunctionOfLine, type LineValues } from "@support-line/stage/templates";

export default defineBindings<LineValues>()({
  ...runsFunctionOfLine("add-support-agent"),
  ...runsFunctionOfLine("remove-support-agent"),
  ...runsFunctionOfLine("start-conversation"),
  "check-support.conditions.Support.value": ({ keywords }) => keywords.support,
  "check-support.conditions.Done.value": ({ keywords }) => keywords.done,
  "support-confirmation-message.body": ({ wordings }) => wordings.agentAdded,
  "no-agent-message.body": ({ wordings }) => wordings.noAgent,
  "agent-removed-message.body": ({ wordings }) => wordings.agentRemoved,
});
