import { expect, test } from "vitest";
import type { Event } from "./control.ts";
import { shown, transcript } from "./transcript.ts";

const names = new Map([
  ["+15550100201", "customer"],
  ["+15550100101", "ada"],
  ["+15550100001", "support"],
]);
const event = (id: number, type: string, parent: string | null, data: Event["data"]): Event => ({
  id,
  type,
  sid: `SM${id}`,
  parent,
  data,
});

test("one line per message and handset, then the way of each Execution", () => {
  const said = { from: "+15550100201", to: "+15550100001", body: "support" };
  const told = { from: "+15550100002", to: "+15550100101", body: "Added support agent" };
  const lines = transcript(
    [
      event(1, "message.received", null, said),
      event(2, "message.added", "CH1", { author: "+15550100201", body: "support" }),
      event(3, "step.entered", "FN12345678", { state: "Trigger" }),
      event(4, "step.entered", "FN12345678", { state: "check-support" }),
      event(5, "message.sent", null, told),
      event(6, "message.delivered", null, told),
    ],
    names,
  );
  expect(lines).toEqual([
    "customer …0201     → support …0001            support",
    "ada …0101          ← …0002                    Added support agent",
    "  FN123456…  Trigger › check-support",
  ]);
});

test("nobody's whole number is shown, known or not", () => {
  expect(shown("+15550100201", names)).toBe("customer …0201");
  expect(shown("+15550100999", names)).toBe("…0999");
});
