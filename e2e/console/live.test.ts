/** The first view at 1440 pixels: whose phones are in front, what can be read of the Flow, and how the panes are sized. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { deployedStage } from "../deployed/stage.ts";
import { LocalPhone } from "../local-world.ts";
import type { TestStage } from "../stage.ts";
import { startBrowser, type TestBrowser } from "./browser.ts";
import { consoleOf, phoneOf } from "./phones.ts";

const line = "+15550100001";
const ada = "+15550100101";
const [first, second, third] = ["+15550100201", "+15550100202", "+15550100203"];
let stage: TestStage;
let browser: TestBrowser;
let page: Page;
let faults: readonly string[];
const writes = (from: string, text: string) => new LocalPhone(stage.twilio.endpoint, from).says(line, text);
beforeAll(async () => {
  [stage, browser] = await Promise.all([deployedStage(), startBrowser()]);
  await writes(first, "support");
  await stage.control("clock/advance", { seconds: 60 });
  await writes(second, "support");
  ({ page, faults } = await browser.window());
  await page.goto(consoleOf(stage.twilio.endpoint));
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await stage[Symbol.asyncDispose]();
});

/** What a script in the page finds; it has the page's own types, which are none of Node's. */
const inPage = <Result>(script: string) => page.evaluate<Result>(script);

/** Numbers of the phones, from left to right. */
const inOrder = () =>
  inPage<string[]>(
    `[...document.querySelectorAll(".handset")].map((phone) => phone.getAttribute("aria-label").split(", ").at(-1))`,
  );

test("the newest conversation is in front with both its phones, and a newer one takes its place", async () => {
  await phoneOf(page, second).waitFor();
  expect(await inOrder()).toEqual([second, ada, first]);
  await stage.control("clock/advance", { seconds: 60 });
  await writes(third, "support");
  await phoneOf(page, third).waitFor();
  await expect.poll(inOrder).toEqual([third, ada, second]);
});

test("agents are called by their names, and each button says on whose phone it is", async () => {
  await page.getByRole("article", { name: `ada, Agent, SMS, ${ada}` }).waitFor();
  const names = await inPage<string[]>(
    `[...document.querySelectorAll(".handset :is(button, textarea, select, input)")].map(
      (each) => each.getAttribute("aria-label") ?? each.labels?.[0]?.textContent ?? each.textContent)`,
  );
  expect(names.length).toBeGreaterThan(9);
  for (const name of names) expect(name).toMatch(/ada|Customer ··020\d/);
});

test("three phones stand whole beside a Flow whose names can be read, with a map of the whole", async () => {
  const rights = await inPage<number[]>(
    `[...document.querySelectorAll(".handset")].map((phone) => phone.getBoundingClientRect().right)`,
  );
  const pane = await page.locator(".phones").boundingBox();
  expect(rights).toHaveLength(3);
  for (const right of rights) expect(right).toBeLessThanOrEqual((pane?.x ?? 0) + (pane?.width ?? 0));
  await page.locator(".widget.visited").first().waitFor();
  const scale = await inPage<number>(
    `new DOMMatrix(getComputedStyle(document.querySelector(".react-flow__viewport")).transform).a`,
  );
  expect(scale).toBeGreaterThanOrEqual(0.8);
  expect((await page.locator(".canvas").boundingBox())?.width).toBeGreaterThan(600);
  await page.getByRole("img", { name: "Map of the whole Flow" }).waitFor();
  expect(await page.locator(".on-map.visited").count()).toBeGreaterThan(0);
});

test("the widget that an Execution came to last is in sight", async () => {
  const [canvas, widget] = await Promise.all([
    page.locator(".canvas .react-flow").boundingBox(),
    page.locator(".react-flow__node", { hasText: "start-conversation" }).boundingBox(),
  ]);
  expect(widget?.x).toBeGreaterThanOrEqual(canvas?.x ?? 0);
  expect((widget?.y ?? 0) + (widget?.height ?? 0)).toBeLessThanOrEqual(
    (canvas?.y ?? 0) + (canvas?.height ?? 0),
  );
});

test("panes are sized with the keyboard, and stay so", async () => {
  const width = async () => (await page.locator(".phones").boundingBox())?.width ?? 0;
  const before = await width();
  const bar = page.getByRole("separator", { name: "Width of the phones" });
  await bar.focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await expect.poll(width).toBe(before - 160);
  expect(await bar.getAttribute("aria-valuenow")).toBe(String(before - 160));
  await page.reload();
  await page.locator(".handset").first().waitFor();
  expect(await width()).toBe(before - 160);
  await page.getByRole("separator", { name: "Width of the phones" }).press("Enter");
  await expect.poll(width).toBe(before);
  const height = async () => Math.round((await page.locator(".inspector").boundingBox())?.height ?? 0);
  const low = await height();
  await page.getByRole("separator", { name: "Height of the steps" }).press("ArrowUp");
  await expect.poll(height).toBe(low + 16);
});

test("a phone that is put away stays so until its next conversation", async () => {
  await page.getByRole("button", { name: "Put away the phone of Customer ··0203" }).click();
  await phoneOf(page, third).waitFor({ state: "detached" });
  await stage.control("clock/advance", { seconds: 2 * 86_400 });
  await writes(third, "support");
  await phoneOf(page, third).waitFor();
  expect(faults).toEqual([]);
});
