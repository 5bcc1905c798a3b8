/** What one conversation uses at Twilio, as docs/reference/cost.md counts it: "support", three messages each way, "done". */
import { afterAll, beforeAll, expect, test } from "vitest";
import { callsDuring } from "./calls.ts";
import { deployedStage } from "./deployed/stage.ts";
import { LocalPhone } from "./local-world.ts";
import type { TestStage } from "./stage.ts";

const line = "+15550100001";
let stage: TestStage;
beforeAll(async () => {
  stage = await deployedStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

test("a conversation of eight messages that people write", async () => {
  const { endpoint } = stage.twilio;
  const customer = new LocalPhone(endpoint, "+15550100201");
  const agent = new LocalPhone(endpoint, "+15550100101");
  let delivered = 0;
  const calls = await callsDuring(stage, async () => {
    await customer.says(line, "support");
    const first = await agent.heard();
    delivered += first.length;
    const proxy = first.at(-1)?.from ?? "";
    for (let turn = 1; turn <= 3; turn++) {
      await agent.says(proxy, `answer ${turn}`);
      await customer.says(line, `question ${turn}`);
    }
    await agent.says(proxy, "done");
  });
  delivered += (await agent.heard()).length + (await customer.heard()).length;
  const [flow] = await stage.client.studio.v2.flows.list();
  const executions = await stage.client.studio.v2.flows(flow?.sid ?? "").executions.list();
  const kinds = calls.map(({ method, path }) => `${method} ${path.split("/").at(-1)?.slice(0, 12) ?? ""}`);
  const webhookReads = kinds.filter((each) => each === "GET Webhooks").length;
  // The Flow's own are add-support-agent, start-conversation and remove-support-agent; start-conversation reads webhooks once,
  // and reattach-flow once each time it runs.
  const functions = 3 + webhookReads - 1;
  expect({ executions: executions.length, functions, delivered, calls: calls.length }).toEqual({
    executions: 8,
    functions: 11,
    delivered: 10,
    calls: 16,
  });
});
