import { expect, test } from "vitest";
import type { Step } from "../pull-request/preview.ts";
import { stagesText, stops } from "./stages.ts";

const step = (deed: Step["deed"], type: string, name: string): Step => ({ deed, type, name, properties: [] });
const after = (stage: string, steps: readonly Step[], faults: readonly string[] = []) => ({
  stage,
  faults,
  preview: { steps, digest: "" },
});

test("a replace or delete stops, and what Twilio makes anew for every change does not", () => {
  const anew = [
    step("replace", "twilio:serverless:Build", "build"),
    step("delete", "twilio:serverless:FunctionVersion", "start"),
    step("update", "twilio:studio:Flow", "support"),
  ];
  expect(stops(after("dev", anew))).toBe(false);
  expect(stops(after("dev", [step("replace", "twilio:studio:Flow", "support")]))).toBe(true);
  expect(stops(after("dev", [step("delete", "twilio:conversations:Service", "own")]))).toBe(true);
});

test("faults stop a stage that is deployed, and a preview that fails does", () => {
  expect(stops(after("dev", [], ["a fault"]))).toBe(true);
  expect(stops({ stage: "prod", faults: ["a placeholder"], preview: "nothing of it is deployed" })).toBe(
    false,
  );
  expect(stops({ stage: "dev", faults: [], preview: { failed: "no Flow" } })).toBe(true);
});

test("stages are told in a line each, with what would be lost", () => {
  const text = stagesText([
    after("local", []),
    after(
      "dev",
      [step("replace", "twilio:studio:Flow", "support"), step("create", "twilio:sync:Map", "new")],
      ["a fault"],
    ),
    { stage: "prod", faults: ["one", "two"], preview: "nothing of it is deployed" },
    { stage: "qa", faults: [], preview: { failed: "no Flow answers" } },
  ]);
  expect(text).toBe(
    [
      "  local  the upgrade changes nothing",
      "  dev    a deployment would change it: 1 replaced, 1 created",
      "           would be replaced: support (twilio:studio:Flow)",
      "           a fault",
      "  prod   not looked at: nothing of it is deployed; stage check has 2 to fix",
      "  qa     its preview fails: no Flow answers",
    ].join("\n"),
  );
});
