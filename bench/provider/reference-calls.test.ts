import { expect, test } from "vitest";
import { referenceCalls, steps } from "./reference-calls.ts";

test("the reference stage costs no more calls than it has to", { timeout: 30_000 }, async () => {
  const asked = await referenceCalls();
  for (const step of steps) {
    const { polls, ...rest } = asked.get(step) ?? { polls: NaN };
    expect({ what: step.what, ...rest }).toEqual({ what: step.what, ...step.most });
    // Only a Build that was made is asked about.
    expect(polls > 0).toBe(step.what === "create");
  }
});
