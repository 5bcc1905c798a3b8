/** The doctor at a stage that is sick in several ways at once: each is found, with its remedy, and nothing is changed. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stageCommand } from "../commands.ts";
import { deployedStage } from "../deployed/stage.ts";
import type { TestStage } from "../stage.ts";

const line = "+15550100001";
let stage: TestStage;
beforeAll(async () => {
  stage = await deployedStage();
  const { client } = stage;
  // One number of the line is gone.
  const [proxy] = await client.incomingPhoneNumbers.list({ phoneNumber: "+15550100003" });
  await client.incomingPhoneNumbers(proxy?.sid ?? "").remove();
  // Somebody lets another Flow answer the line.
  const [flow] = await client.studio.v2.flows.list();
  const definition = (await client.studio.v2.flows(flow?.sid ?? "").fetch()).definition as object;
  const other = await client.studio.v2.flows.create({
    friendlyName: "somebody's own",
    status: "published",
    definition,
  });
  const configurations = await client.conversations.v1.addressConfigurations.list();
  const own = configurations.find(({ address }) => address === line);
  await client.conversations.v1
    .addressConfigurations(own?.sid ?? "")
    .update({ "autoCreation.type": "studio", "autoCreation.studioFlowSid": other.sid });
  // A deployment was killed between a create and its record.
  const journal = join(stage.folder, "state/.pulumi/twilio-journal/support-line/local");
  await mkdir(journal, { recursive: true });
  await writeFile(join(journal, "begun.json"), "{}");
});
afterAll(() => stage[Symbol.asyncDispose]());

test("a missing number, another Flow that answers, a create that was not recorded", async () => {
  const { code, text } = await stageCommand(stage, "doctor", "local");
  const lines = text.split("\n");
  /** The finding, and its remedy below it. */
  const finding = (about: RegExp) => {
    const at = lines.findIndex((each) => about.test(each));
    return lines.slice(at, at + 2).join("\n");
  };
  expect(finding(/wrong +numbers/)).toMatch(
    /line support: …0003 is not in this account\n +Buy or move the number/,
  );
  expect(finding(/wrong +webhooks/)).toMatch(
    /line support: address configuration IG\w+ opens Conversations for Flow FW\w+, and the stage's Flow is FW\w+\n +Deploy the stage again/,
  );
  expect(finding(/wrong +journal/)).toMatch(
    /1 create was begun and not recorded\n +npx pulumi up -s local looks for each of them/,
  );
  expect(text).toMatch(/fine +port +\d+, a local Twilio/);
  expect(text).toMatch(/fine +provider/);
  expect(code).toBe(1);
});
