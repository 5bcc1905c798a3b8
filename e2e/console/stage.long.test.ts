/** The views Stage and Tasks, on a line with Flex: what is deployed, what `status` says, what TaskRouter has. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { stageCommand } from "../commands.ts";
import { deployedStage } from "../deployed/stage.ts";
import { endingsStage, line } from "../flex/endings.ts";
import { LocalPhone } from "../local-world.ts";
import type { TestStage } from "../stage.ts";
import { startBrowser, type TestBrowser } from "./browser.ts";
import { consoleOf } from "./phones.ts";

const [customer, unreachable] = ["+15550100201", "+15550100202"];
let stage: TestStage;
let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  [stage, browser] = await Promise.all([deployedStage(endingsStage), startBrowser()]);
  ({ page } = await browser.window());
  await stage.control(`handsets/${encodeURIComponent(unreachable)}/rules`, {
    rules: [{ outcome: "undelivered", errorCode: 30003 }],
  });
  for (const each of [customer, unreachable]) {
    await new LocalPhone(stage.twilio.endpoint, each).says(line, "support");
  }
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await stage[Symbol.asyncDispose]();
});

test("Stage names the stage, begins with what is deployed, and finds what status finds", async () => {
  const { code, text } = await stageCommand(stage, "status", "local", "--json");
  const { hurt } = JSON.parse(text) as {
    readonly hurt: {
      readonly findings: readonly { readonly kind: string; readonly hurts: boolean; readonly text: string }[];
    };
  };
  expect(code).toBe(1);
  const found = hurt.findings.map(({ kind, text: said }) => `${kind} ${/^\d+/.exec(said)?.[0] ?? ""}`);
  await page.goto(consoleOf(stage.twilio.endpoint, "stage"));
  await page.getByRole("heading", { name: "Stage local", exact: true }).waitFor();
  const sections = page.locator("main section.card h2");
  await page.getByRole("heading", { name: "Somebody is being hurt, in one way." }).waitFor();
  expect(await sections.first().textContent()).toBe("Deployed Flows");
  const rows = page.locator(".how .plain").first().locator("li");
  const shown = (await rows.allInnerTexts()).map((row) => {
    const [, kind = "", number = ""] = /^(\w+)\s+(\d*)/.exec(row) ?? [];
    return `${kind} ${number}`;
  });
  expect(found).toEqual(["failing 30003"]);
  expect(shown).toEqual(found);
  // And leads there.
  await rows.getByRole("link", { name: "Its Execution" }).click();
  await page.locator(".step").first().waitFor();
});

test("Tasks has queues, Tasks with whom they wait for, Workers and reservations", async () => {
  const [workspace] = await stage.client.taskrouter.v1.workspaces.list();
  const place = stage.client.taskrouter.v1.workspaces(workspace?.sid ?? "");
  await page.goto(consoleOf(stage.twilio.endpoint, "tasks"));
  await page.locator(".task", { hasText: "Customer ··0201" }).getByText("pending").waitFor();
  const [activity] = await place.activities.list({ available: "true", limit: 1 });
  await place.workers.create({ friendlyName: "ada", activitySid: activity?.sid ?? "" });
  // Without a reload: a Worker comes, and TaskRouter offers them the Task.
  await page.locator(".task", { hasText: "ada: pending" }).first().waitFor();
  await page.getByRole("region", { name: "Workers" }).getByText("Available").waitFor();
  await page
    .getByRole("region", { name: "Queues" })
    .getByText(/Workers with/)
    .waitFor();
});
