import { expect, test } from "vitest";
import { openPlayed } from "./played-conversation.ts";

test("played by hand: support", async () => {
  await using played = await openPlayed("+15550100001");
  const customer = played.phone("+15550100201");
  const agent = played.phone("+15550100101");

  await customer.says("support");
  expect(await customer.heard()).toEqual(["Added support agent"]);
  expect(await agent.heard()).toEqual(["Added support agent"]);

  await agent.says("How can I help?");
  expect(await customer.heard()).toEqual(["How can I help?"]);
  expect(await agent.heard()).toEqual([]);

  await customer.says("My order is late.");
  expect(await customer.heard()).toEqual([]);
  expect(await agent.heard()).toEqual(["My order is late."]);
});
