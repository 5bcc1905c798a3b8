import type { FlowDefinition } from "@support-line/studio";
import { expect, test } from "vitest";
import { Coverage } from "./coverage.ts";
import { merge, reportOf } from "./report.ts";

const flow = (): FlowDefinition => ({
  initial_state: "Trigger",
  states: [
    {
      name: "Trigger",
      type: "trigger",
      properties: {},
      transitions: [{ event: "incomingMessage", next: "tell" }],
    },
    {
      name: "tell",
      type: "send-message",
      properties: { body: "Hello" },
      transitions: [{ event: "sent" }, { event: "failed" }],
    },
  ],
});

/** What a test tells that walked one of the last widget's transitions. */
function told(definition: FlowDefinition, transition: number) {
  const coverage = new Coverage("greeting", definition);
  coverage.add({
    widgets: { Trigger: 1, tell: 1 },
    transitions: { Trigger: { 0: 1 }, tell: { [transition]: 1 } },
  });
  // As it crosses from a test's process to the reporter's.
  return JSON.parse(JSON.stringify(reportOf(coverage))) as ReturnType<typeof reportOf>;
}

test("what several test files walked of one Flow is added up, whichever of them told its definition", () => {
  const [here, there] = [flow(), flow()];
  const reports = [told(here, 0), told(here, 0), told(there, 1)];
  expect(reports.map(({ definition }) => definition !== undefined)).toEqual([true, false, true]);
  const [sum, ...others] = merge(reports);
  expect(others).toEqual([]);
  expect(sum?.isComplete).toBe(true);
  expect(sum?.counts().transitions["tell"]).toEqual({ 0: 2, 1: 1 });
  expect(merge(reports.slice(0, 2))[0]?.summary().missed.transitions).toMatchObject([
    { widget: "tell", event: "failed" },
  ]);
});

test("two Flows of one name stay two", () => {
  const other = { ...flow(), description: "another" };
  expect(merge([told(flow(), 0), told(other, 0)])).toHaveLength(2);
});
