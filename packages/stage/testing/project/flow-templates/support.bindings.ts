import { runsFunctionOfLine, type LineValues } from "@support-line/stage/templates";
import { defineBindings } from "@support-line/studio/bindings";

export default defineBindings<LineValues>()({
  ...runsFunctionOfLine("add-support-agent"),
  "added.body": ({ wordings }) => wordings.agentAdded,
});
