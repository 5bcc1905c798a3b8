import { expect, test } from "vitest";
import { planOf, tiers } from "./tests.ts";

test("without arguments npm test runs the checks and what is not long, test:all the long ones", () => {
  expect(planOf(tiers.short, [])).toEqual({
    isChecked: true,
    vitest: ["--project=unit", "--project=line", "--project=e2e"],
  });
  expect(planOf(tiers.long, [])).toEqual({ isChecked: false, vitest: ["--project=long"] });
});

test("a name runs what it names, wherever that is, and no check", () => {
  expect(planOf(tiers.short, ["rollback"])).toEqual({ isChecked: false, vitest: ["rollback"] });
  expect(planOf(tiers.short, ["-t", "a stage"])).toEqual({ isChecked: false, vitest: ["-t", "a stage"] });
});

test("of the shards the first has the checks", () => {
  expect(planOf(tiers.short, ["--shard=1/3"])).toMatchObject({ isChecked: true });
  expect(planOf(tiers.short, ["--shard=2/3"])).toEqual({
    isChecked: false,
    vitest: ["--project=unit", "--project=line", "--project=e2e", "--shard=2/3"],
  });
});
