/** What differs from stage to stage in `flex.json`, and what fills it. */
import { defineBindings } from "@support-line/studio/bindings";
import flex from "./flex.json" with { type: "json" };
import {
  anyOf,
  textsOf,
  runsFunction,
  runsFunctionOfLine,
  type LineValues,
} from "@support-line/stage/templates";

const text = textsOf(flex.states);

export default defineBindings<LineValues>()({
  ...runsFunctionOfLine("start-conversation"),
  ...runsFunctionOfLine("check-hours"),
  ...runsFunctionOfLine("leave-to-flex"),
  ...runsFunction("choose-language"),
  "check-keyword.conditions.Support.value": ({ keywords }) => keywords.support,
  "check-keyword.conditions.Language.value": (values) =>
    anyOf(
      values.languages.map(({ keyword }) => keyword),
      values,
    ),
  "hand-over.workflow": (values) => values.flex?.workflowSid,
  "hand-over.channel": (values) => values.flex?.taskChannelSid,
  "hand-over.timeout": (values) => values.flex && String(values.flex.timeoutSeconds),
  "hand-over.attributes": ({ line }) => JSON.stringify({ line, language: "{{flow.variables.language}}" }),
  ...text("to-flex-message", "body", "toFlex"),
  ...text("closed-hours-message", "body", "closedHours"),
  ...text("language-message", "body", "languageChosen"),
  ...text("no-agent-message", "body", "noAgent"),
  ...text("passed-on-message", "body", "oneMoment"),
  ...text("nobody-answered-message", "body", "nobodyAnswered"),
  ...text("leave-to-flex", "parameters.unanswered", "noAgent"),
  ...text("leave-to-flex", "parameters.stillWaiting", "stillWaiting"),
  ...text("leave-to-flex", "parameters.closed", "conversationClosed"),
});
