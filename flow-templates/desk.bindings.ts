/** What differs from stage to stage in `desk.json`, and what fills it. */
import { defineBindings } from "@support-line/studio/bindings";
import desk from "./desk.json" with { type: "json" };
import {
  anyOf,
  textsOf,
  runsFunction,
  runsFunctionOfLine,
  type LineValues,
} from "@support-line/stage/templates";

const firstAnswer = ({ answerWithin }: LineValues) => String(answerWithin);
const supportWord = ({ keywords }: LineValues) => keywords.support;

const text = textsOf(desk.states);

export default defineBindings<LineValues>()({
  ...runsFunctionOfLine("start-conversation"),
  ...runsFunctionOfLine("check-hours"),
  ...runsFunctionOfLine("find-agent"),
  ...runsFunctionOfLine("replace-agent"),
  ...runsFunctionOfLine("remove-support-agent"),
  ...runsFunctionOfLine("start-again", "start-conversation"),
  ...runsFunctionOfLine("close-conversation"),
  ...runsFunction("check-agent"),
  ...runsFunction("choose-language"),
  "check-keyword.conditions.Support.value": supportWord,
  "check-keyword.conditions.Queue.value": (values) => anyOf(values.queueKeywords, values),
  "check-keyword.conditions.Done.value": ({ keywords }) => keywords.done,
  "check-keyword.conditions.Close.value": ({ keywords }) => keywords.close,
  "check-keyword.conditions.Language.value": (values) =>
    anyOf(
      values.languages.map(({ keyword }) => keyword),
      values,
    ),
  "check-agent.parameters.within": firstAnswer,
  "agent-added-message.timeout": firstAnswer,
  "agent-replaced-message.timeout": firstAnswer,
  ...text("agent-added-message", "body", "agentAdded"),
  ...text("agent-replaced-message", "body", "agentReplaced"),
  ...text("no-agent-message", "body", "noAgent"),
  ...text("one-moment-message", "body", "oneMoment"),
  ...text("nobody-answered-message", "body", "nobodyAnswered"),
  ...text("still-waiting-message", "body", "stillWaiting"),
  ...text("closed-hours-message", "body", "closedHours"),
  ...text("agent-removed-message", "body", "agentRemoved"),
  ...text("conversation-closed-message", "body", "conversationClosed"),
  ...text("language-message", "body", "languageChosen"),
  ...text("find-agent", "parameters.whenFree", "agentFree"),
  ...text("find-agent", "parameters.briefing", "briefing"),
  ...text("replace-agent", "parameters.briefing", "briefing"),
});
