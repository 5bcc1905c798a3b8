/** The console as a new user meets it: the project's stack deployed, a browser, no documentation. */
import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { deployedStage } from "../deployed/stage.ts";
import type { TestStage } from "../stage.ts";
import { startBrowser, type TestBrowser, type Window } from "./browser.ts";
import { consoleOf, messageOn, phoneOf, write } from "./phones.ts";

const customer = "+15550100201";
const agent = "+15550100101";

describe("by hand, in Chromium", () => {
  let stage: TestStage;
  let browser: TestBrowser;
  let open: Window[] = [];
  const window = async (...given: Parameters<TestBrowser["window"]>): Promise<Window> => {
    const opened = await browser.window(...given);
    open.push(opened);
    return opened;
  };
  beforeAll(async () => {
    [stage, browser] = await Promise.all([deployedStage(), startBrowser()]);
  });
  afterEach(async () => {
    const faults = open.flatMap((one) => one.faults);
    await Promise.all(open.map(({ context }) => context.close()));
    open = [];
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await stage[Symbol.asyncDispose]();
  });

  test("from the first click to the agent's answer, and saved as a test of the project, which runs there", async () => {
    const { page } = await window();
    await page.goto(consoleOf(stage.twilio.endpoint));
    // The word that the Flow listens to is offered; nobody has to know it.
    await page.getByRole("button", { name: "Write support from the phone of Customer ··0201" }).click();
    await messageOn(page, customer, "Added support agent").waitFor();
    // The agent's phone appears by itself.
    await messageOn(page, agent, "Added support agent").waitFor();
    await write(page, agent, "How can I help?");
    await messageOn(page, customer, "How can I help?").waitFor();
    await write(page, customer, "My order is late.");
    await messageOn(page, agent, "My order is late.").waitFor();
    await stage.control("idle");

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as test" }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe("played-support.test.ts");
    await mkdir(join(stage.folder, "test"));
    await saved.saveAs(join(stage.folder, "test/played-support.test.ts"));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(process.cwd(), "node_modules/vitest/vitest.mjs"), "run", "test/played-support.test.ts"],
      { cwd: stage.folder, env: { ...process.env, VITEST: undefined, NO_COLOR: "1" } },
    );
    expect(stdout).toMatch(/played by hand: support/);
    expect(stdout).toMatch(/Tests +1 passed/);
  });

  test("time travel: the step that sent a message, what it knew, what was tried", async () => {
    const { page } = await window();
    await page.goto(consoleOf(stage.twilio.endpoint));
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
    await Promise.all([one, two].map(({ page }) => page.goto(consoleOf(stage.twilio.endpoint))));
    await write(one.page, customer, "Seen by both?");
    await messageOn(two.page, agent, "Seen by both?").waitFor();
    await write(two.page, agent, "Yes.");
    await messageOn(one.page, customer, "Yes.").waitFor();
  });

  test("a clock moved on by a click closes what its timers close", async () => {
    const { page } = await window();
    await page.goto(consoleOf(stage.twilio.endpoint, "stage"));
    await page.locator(".conversation-line .chip", { hasText: "active" }).waitFor();
    await page.getByRole("button", { name: /Move the clock/ }).click();
    await page.getByRole("button", { name: "+1 day" }).click();
    await page.locator(".conversation-line .chip", { hasText: "closed" }).waitFor();
  });

  test("it goes on by itself when the local Twilio is stopped under it and started again", async () => {
    const { page } = await window();
    await page.goto(consoleOf(stage.twilio.endpoint));
    await phoneOf(page, customer).waitFor();
    const restarted = stage.restart();
    await page.getByRole("alert").getByText("The local Twilio has stopped").waitFor();
    await restarted;
    await page.getByRole("alert").waitFor({ state: "detached" });
    await write(page, customer, "support");
    await messageOn(page, customer, "Added support agent").nth(1).waitFor();
  });
});
