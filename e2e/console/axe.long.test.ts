/** Every view of the console for people who do not see it, or use no mouse: axe finds nothing, and the keyboard gets everywhere. */
import axe from "axe-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { photographedStage } from "../../scripts/pictures/stage.ts";
import { views } from "../../scripts/pictures/views.ts";
import type { TestStage } from "../stage.ts";
import { startBrowser, type TestBrowser } from "./browser.ts";
import { consoleOf } from "./phones.ts";

let stage: TestStage;
let browser: TestBrowser;
beforeAll(async () => {
  [stage, browser] = await Promise.all([photographedStage(), startBrowser()]);
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await stage[Symbol.asyncDispose]();
});

const ways = [
  ["light", { width: 1440, dark: false }],
  ["dark", { width: 1440, dark: true }],
  ["as narrow as a phone", { width: 390, height: 844, dark: false }],
] as const;

describe.each(views)("$name", ({ path, ready }) => {
  test.each(ways)("axe finds nothing, %s", async (_, options) => {
    const { page, context, faults } = await browser.window(options);
    await page.goto(consoleOf(stage.twilio.endpoint, await path(stage.twilio.endpoint)));
    await ready(page);
    // Run past the page's policy, as a debugger would: the policy is for the page's own code.
    const { violations } = await page.evaluate<axe.AxeResults>(
      `(() => { ${axe.source}; return axe.run(); })()`,
    );
    const found = violations.map(
      ({ id, help, nodes }) => `${id}, ${help}: ${nodes.map(({ html }) => html).join("\n")}`,
    );
    expect(found).toEqual([]);
    // Nothing is wider than the screen.
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(options.width);
    expect(faults).toEqual([]);
    await context.close();
  });

  test("the keyboard gets past the bar and into the view, and what it is on can be seen", async () => {
    const { page, context } = await browser.window();
    await page.goto(consoleOf(stage.twilio.endpoint, await path(stage.twilio.endpoint)));
    // What makes a view ready for a picture may have clicked somewhere; the keyboard begins where a page begins.
    await page.locator("main").locator("button:visible, a:visible, input:visible").first().waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the view");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.closest('main') !== null")).toBe(true);
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).not.toBe("none");
    await context.close();
  });
});
