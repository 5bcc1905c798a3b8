/** More customers than pairs of agent and number; the whole crowd of 500 is `npm run bench -- crowd`. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { randomNumbers } from "../random.ts";
import { TestStage } from "../stage.ts";
import { crowdStage, playCrowd } from "./crowd.ts";

const size = { customers: 30, agents: 3, proxies: 4 };
let stage: TestStage;
beforeAll(async () => {
  stage = await TestStage.create();
  await stage.configure(crowdStage(size));
  await stage.up();
});
afterAll(() => stage[Symbol.asyncDispose]());

test("everybody is served, no pair twice, and nobody is idle while somebody waits", async () => {
  const seed = 20261123;
  const result = await playCrowd(stage.twilio.endpoint, size, randomNumbers(seed));
  expect(result).toEqual({ twice: 0, idleWhileWaiting: 0, served: 30, mostAtOnce: 12 });
});
