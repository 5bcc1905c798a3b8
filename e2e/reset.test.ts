/** A local Twilio that was reset, with the real CLI: the local stage is deployed anew by itself. */
import { expect, test } from "vitest";
import { callsDuring } from "./calls.ts";
import { deployedStage } from "./deployed/stage.ts";

test("pulumi up deploys a local Twilio anew that was reset, and the next one has nothing to do", async () => {
  await using stage = await deployedStage();
  await stage.control("reset", {});
  await stage.up();
  expect(await stage.client.studio.v2.flows.list()).toHaveLength(1);
  expect(await callsDuring(stage, () => stage.up())).toEqual([]);
});
