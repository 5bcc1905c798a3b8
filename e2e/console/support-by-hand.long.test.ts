/** What else the console is to somebody who has a conversation before them: time travel, two browsers, the clock, a restart. */
import { beforeAll, expect, test } from "vitest";
import { LocalPhone } from "../local-world.ts";
import { byHand } from "./by-hand.ts";
import { consoleOf, messageOn, phoneOf, write } from "./phones.ts";

const [line, customer, agent] = ["+15550100001", "+15550100201", "+15550100101"];
const { stage, window } = byHand();
beforeAll(() => new LocalPhone(stage().twilio.endpoint, customer).says(line, "support"));

test("time travel: the step that sent a message, what it knew, what was tried", async () => {
  const { page } = await window();
  await page.goto(consoleOf(stage().twilio.endpoint));
  const bubble = phoneOf(page, customer).locator(".bubble", { hasText: "Added support agent" });
  await bubble.getByRole("button", { name: "Show the step of this message" }).click();
  const detail = page.locator(".detail");
  await detail.getByRole("heading", { name: /^support-confirmation-message/ }).waitFor();
  await page.getByRole("slider", { name: "Step" }).press("ArrowLeft");
  await detail.getByRole("heading", { name: /^add-support-agent/ }).waitFor();
  await detail.locator(".invocation", { hasText: "/add-support-agent" }).waitFor();
  await page.locator(".step", { hasText: "check-support" }).click();
  await detail.locator(".conditions .held", { hasText: "Support" }).waitFor();
  await detail.getByText("{{trigger.conversation.Body}}").first().waitFor();
  // The path is lit as far as the step that is looked at, and no further.
  await page.locator(".widget.visited", { hasText: "check-support" }).waitFor();
  expect(await page.locator(".widget.visited", { hasText: "add-support-agent" }).count()).toBe(0);
  // The address holds the place: somebody else sees the same.
  const { page: other } = await window();
  await other.goto(page.url());
  await other
    .locator(".detail")
    .getByRole("heading", { name: /^check-support/ })
    .waitFor();
});

test("two browsers at once see one another's messages", async () => {
  const [one, two] = await Promise.all([window(), window()]);
  await Promise.all([one, two].map(({ page }) => page.goto(consoleOf(stage().twilio.endpoint))));
  await write(one.page, customer, "Seen by both?");
  await messageOn(two.page, agent, "Seen by both?").waitFor();
  await write(two.page, agent, "Yes.");
  await messageOn(one.page, customer, "Yes.").waitFor();
});

test("a clock moved on by a click closes what its timers close", async () => {
  const { page } = await window();
  await page.goto(consoleOf(stage().twilio.endpoint, "stage"));
  await page.locator(".conversation-line .chip", { hasText: "active" }).waitFor();
  await page.getByRole("button", { name: /Move the clock/ }).click();
  await page.getByRole("button", { name: "+1 day" }).click();
  await page.locator(".conversation-line .chip", { hasText: "closed" }).waitFor();
});

test("it goes on by itself when the local Twilio is stopped under it and started again", async () => {
  const { page } = await window();
  await page.goto(consoleOf(stage().twilio.endpoint));
  await phoneOf(page, customer).waitFor();
  const restarted = stage().restart();
  await page.getByRole("alert").getByText("The local Twilio has stopped").waitFor();
  await restarted;
  await page.getByRole("alert").waitFor({ state: "detached" });
  await write(page, customer, "support");
  await messageOn(page, customer, "Added support agent").nth(1).waitFor();
});
