import { expect, test } from "vitest";
import type { Layer } from "./codes.ts";
import { changedSince } from "./over.ts";

const at = Date.UTC(2026, 10, 30, 9);
const minute = 60_000;
const survey = (executions: readonly { readonly sid: string; readonly at: number }[]) => ({
  night: { rolledBack: new Date(at + minute).toISOString() },
  record: {
    published: [],
    executions: executions.map((each) => ({
      ...each,
      line: "support",
      contact: "",
      flowSid: "FW1",
      isActive: false,
    })),
  },
  steps: new Map(executions.map(({ sid }) => [sid, [{ sid: "FT1", at, widget: "tell", event: "sent" }]])),
  now: at + 3 * minute,
});
const failure = (layer: Layer) => ({ last: { at, line: "support", widget: "tell" }, layer });

test.each(["flow", "function", "webhook"] as const)("a failure of a %s is over with a rollback", (layer) => {
  expect(changedSince(survey([]), failure(layer))).toMatchObject({ isOver: true });
});

test("a message that did not arrive is over when somebody came by and it arrived", () => {
  expect(changedSince(survey([]), failure("number"))).toMatchObject({ isOver: false });
  const later = [{ sid: "FN1", at: at + 2 * minute }];
  expect(changedSince(survey(later), failure("number"))).toMatchObject({ isOver: true });
});
