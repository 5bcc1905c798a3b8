import { expect, test } from "vitest";
import { checkStage, checkText } from "./check.ts";
import { pairsOf } from "./pairs.ts";
import { stageNames } from "./stage-names.ts";

test("the stage that ships with the local Twilio is fine, and carries three customers at once", async () => {
  expect(await checkStage("local")).toEqual({
    stage: "local",
    faults: [],
    lines: [{ name: "support", flow: "support", agents: 1, proxies: 3, atOnce: 3 }],
  });
});

test("placeholders are named by key and value", async () => {
  const check = await checkStage("dev");
  expect(check.faults[0]).toMatch(/^accountSid "AC0+" is a placeholder/);
  expect(checkText(check)).toMatch(/^dev {2}3 to mend\n/);
});

test("a stage without a file is a fault of its own", async () => {
  expect((await checkStage("nowhere")).faults).toEqual(["* is not there: the stage has no file"]);
});

test("every stage file is found", () => {
  expect(stageNames()).toEqual(expect.arrayContaining(["dev", "local", "prod"]));
});

test("a pair is an agent and a proxy of the same channel, agents of queues among them, once each", () => {
  const agent = (address: string) => ({ name: address, address, languages: [] });
  const [ada, wanda] = [agent("+15550100101"), agent("whatsapp:+15550100102")];
  const proxies = ["+15550100001", "+15550100002", "whatsapp:+15550100001"];
  const queues = [{ name: "billing", keyword: "bill", agents: [ada] }];
  expect(pairsOf({ agents: [ada, wanda], queues, proxies })).toHaveLength(3);
});
