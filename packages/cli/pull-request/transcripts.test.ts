import type { FlowDefinition } from "@support-line/studio";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { changedTranscripts } from "./transcripts.ts";

const flow = (name: string) =>
  JSON.parse(readFileSync(`flow-templates/${name}.json`, "utf8")) as FlowDefinition;

const saying = (definition: FlowDefinition, widget: string, body: string): FlowDefinition => ({
  ...definition,
  states: definition.states.map((state) =>
    state.name === widget ? { ...state, properties: { ...state.properties, body } } : state,
  ),
});

test("a changed text is shown where it is said, with what led there", () => {
  const support = saying(flow("support"), "support-confirmation-message", "Added support agent");
  const [transcript, ...others] = changedTranscripts(
    support,
    saying(support, "support-confirmation-message", "Somebody is here"),
  );
  expect(others).toEqual([]);
  expect(transcript?.slice(0, 4)).toEqual([
    " customer: support",
    " Flow runs add-support-agent",
    "-Flow: Added support agent",
    "+Flow: Somebody is here",
  ]);
});

test("another keyword is heard by one Flow and not by the other", () => {
  const support = flow("support");
  const help = JSON.parse(
    JSON.stringify(support).replaceAll('"value":"support"', '"value":"help"'),
  ) as FlowDefinition;
  const lines = changedTranscripts(support, help).flat();
  expect(lines).toContain("+Flow runs add-support-agent");
  expect(lines).toContain("-Flow runs add-support-agent");
});

test("what nobody hears changes no conversation", () => {
  const support = flow("support");
  const moved = JSON.parse(JSON.stringify(support).replaceAll('"y":240', '"y":250')) as FlowDefinition;
  expect(changedTranscripts(support, moved)).toEqual([]);
});

test("a large Flow has its two examples as well", () => {
  const desk = flow("desk");
  const changed = saying(saying(desk, "agent-added-message", "Here we are"), "no-agent-message", "Later");
  expect(changedTranscripts(desk, changed)).toHaveLength(2);
});
