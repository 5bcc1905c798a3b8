/** What differs from stage to stage in `desk.json`, and what fills it. */
import { defineBindings, type Bindings } from "@support-line/studio";
import desk from "./desk.json" with { type: "json" };
import { inLanguages } from "./in-languages.ts";
import type { LineValues, Texts } from "./line-values.ts";
import { runsFunction, runsFunctionOfLine } from "./runs-function.ts";

const firstAnswer = ({ answerWithin }: LineValues) => String(answerWithin);
const supportWord = ({ keywords }: LineValues) => keywords.support;

/** Several words in one condition; with none, the condition before it has matched already. */
const words = (list: readonly string[], values: LineValues) =>
  list.length === 0 ? (values.keywords.support ?? "support") : list.join(",");

/** A text of the stage at a place of the template, in the stage's languages. */
function text(widget: string, place: string, key: keyof Texts): Bindings<LineValues> {
  return { [`${widget}.${place}`]: inLanguages(key, ownText(widget, place)) };
}

function ownText(widget: string, place: string): string {
  const { body = "", parameters = [] } = (desk.states.find(({ name }) => name === widget)?.properties ??
    {}) as { body?: string; parameters?: { key: string; value: string }[] };
  return parameters.find(({ key }) => place === `parameters.${key}`)?.value ?? body;
}

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
  "check-keyword.conditions.Queue.value": (values) => words(values.queueKeywords, values),
  "check-keyword.conditions.Done.value": ({ keywords }) => keywords.done,
  "check-keyword.conditions.Close.value": ({ keywords }) => keywords.close,
  "check-keyword.conditions.Language.value": (values) =>
    words(
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
  ...text("still-waiting-message", "body", "stillWaiting"),
  ...text("closed-hours-message", "body", "closedHours"),
  ...text("agent-removed-message", "body", "agentRemoved"),
  ...text("conversation-closed-message", "body", "conversationClosed"),
  ...text("language-message", "body", "languageChosen"),
  ...text("find-agent", "parameters.whenFree", "agentFree"),
  ...text("find-agent", "parameters.briefing", "briefing"),
  ...text("replace-agent", "parameters.briefing", "briefing"),
});
