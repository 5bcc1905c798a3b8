import fc from "fast-check";
import { expect, test } from "vitest";
import { fewAtATime, stagesMeant } from "./rollout-order.ts";
import { asJson, summary } from "./rollout-text.ts";

const known = ["prod", "customer-b", "local", "customer-a", "customer-10"];

test("names and patterns mean stages in the order they were named, each once, and local only by its name", () => {
  expect(stagesMeant(["customer-b", "customer-*"], known)).toEqual([
    "customer-b",
    "customer-10",
    "customer-a",
  ]);
  expect(stagesMeant(["*"], known)).not.toContain("local");
  expect(stagesMeant(["local"], known)).toEqual(["local"]);
  expect(() => stagesMeant(["customer.*"], known)).toThrow("customer.* matches no stage. There are: prod,");
  expect(() => stagesMeant(["prod", "custmer-*"], known)).toThrow("custmer-* matches no stage");
});

test("never more than a few are under way, and none begins after a failure has ended", async () => {
  const shape = fc.record({
    atOnce: fc.integer({ min: 1, max: 5 }),
    fails: fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), shape, async (scheduler, { atOnce, fails }) => {
      const stages = fails.map((_, at) => `s${at}`);
      let underWay = 0;
      let hasFailed = false;
      const finishing = fewAtATime(stages, {
        atOnce,
        run: async (stage) => {
          expect(hasFailed).toBe(false);
          expect(++underWay).toBeLessThanOrEqual(atOnce);
          await scheduler.schedule(Promise.resolve(), stage);
          underWay -= 1;
          if (fails[Number(stage.slice(1))] === true) throw new Error("no");
          return stage;
        },
        ended: (_, { outcome }) => (hasFailed ||= outcome === "failed"),
      });
      const outcomes = [...(await scheduler.waitFor(finishing))];
      expect(outcomes.map(([stage]) => stage)).toEqual(stages);
      expect(outcomes.some(([, { outcome }]) => outcome === "not started") && !hasFailed).toBe(false);
      for (const [stage, { outcome }] of outcomes) {
        const doesFail = fails[Number(stage.slice(1))] === true;
        expect(["not started", doesFail ? "failed" : "done"]).toContain(outcome);
      }
    }),
  );
});

const outcomes = await fewAtATime(["customer-a", "b", "c"], {
  atOnce: 1,
  run: async (stage) => {
    if (stage === "b") throw new Error("no such number");
    const step = { deed: "create", type: "twilio:studio:Flow", name: "support", properties: [] } as const;
    return {
      steps: stage === "customer-a" ? [step, step, { ...step, deed: "delete" } as const] : [],
      digest: "",
    };
  },
});

test("the summary is in columns, with what went wrong below", () => {
  expect(summary(outcomes, "deployed").replace(/\d+\.\d/g, "0.0")).toBe(
    [
      "customer-a  deployed     0.0 s  1 deleted, 2 created",
      "b           FAILED       0.0 s  see below",
      "c           not started",
      "",
      "b: no such number",
    ].join("\n"),
  );
});

test("machines get the same", () => {
  expect(JSON.parse(asJson(outcomes))).toMatchObject({
    stages: [
      { stage: "customer-a", outcome: "done", steps: [{}, {}, { deed: "delete" }] },
      { stage: "b", outcome: "failed", problem: "no such number" },
      { stage: "c", outcome: "not started" },
    ],
  });
});
