/** What a page must live with: long, strange and hostile texts, large Flows, links to what is gone, other sites. */
import { request } from "node:http";
import { flowOf, say } from "../../packages/local-twilio/testing/flows.ts";
import { startForTest, type TestTwilio } from "../../packages/local-twilio/testing/local.ts";
import { textOf } from "../../packages/local-twilio/json.ts";
import type { FlowDefinition } from "@support-line/studio";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBrowser, type TestBrowser } from "./browser.ts";
import { consoleOf, messageOn, phoneOf, write } from "./phones.ts";

const line = "+15550100001";
const customer = "+15550100201";

/** Has a Flow answer at the line; answers its SID. */
async function deploy(local: TestTwilio, name: string, definition: FlowDefinition): Promise<string> {
  const flow = await local.call("POST", "studio.twilio.com/v2/Flows", {
    FriendlyName: name,
    Status: "published",
    Definition: JSON.stringify(definition),
  });
  const account = `api.twilio.com/2010-04-01/Accounts/${local.accountSid}`;
  const numbers = await local.call(
    "GET",
    `${account}/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(line)}`,
  );
  const [number] = numbers.body["incoming_phone_numbers"] as { sid: string }[];
  await local.call("POST", `${account}/IncomingPhoneNumbers/${number?.sid ?? ""}.json`, {
    SmsUrl: textOf(flow.body["webhook_url"]),
  });
  return textOf(flow.body["sid"]);
}

/** Asks with headers that no browser lets a page choose. */
function statusOf(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}

test("only pages of this machine reach it, and the page runs nothing but its own files", async () => {
  await using local = await startForTest();
  const page = consoleOf(local.endpoint);
  expect(await statusOf(page, { host: "evil.example" })).toBe(403);
  expect(await statusOf(`${local.endpoint}/_local/v1/snapshot`, { origin: "https://evil.example" })).toBe(
    403,
  );
  const { headers } = await fetch(page);
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain("unsafe");
  expect(policy).not.toContain("http");
  expect((await fetch(`${page}../../package.json`)).status).toBe(404);
  expect((await fetch(`${page}..%2f..%2fpackage.json`)).status).toBe(404);
  expect((await fetch(page, { method: "POST" })).status).toBe(405);
});

describe("bad input, in Chromium", () => {
  let local: TestTwilio;
  let browser: TestBrowser;
  beforeAll(async () => {
    [local, browser] = await Promise.all([startForTest(), startBrowser()]);
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await local[Symbol.asyncDispose]();
  });

  test("nothing deployed: the page says what to do, and a phone is there", async () => {
    const { page, faults } = await browser.window();
    await page.goto(consoleOf(local.endpoint));
    await page.getByRole("heading", { name: "No Flow is deployed yet" }).waitFor();
    await phoneOf(page, customer).waitFor();
    expect(faults).toEqual([]);
  });

  test("texts of 30,000 characters, emoji, right to left, and HTML stay texts", async () => {
    await deploy(
      local,
      "<img src=x onerror=alert(1)>",
      flowOf(say("<b>bold</b>".replace(/\W/g, "_"), "{{trigger.message.Body}}")),
    );
    const { page, faults } = await browser.window();
    let dialogs = 0;
    page.on("dialog", (dialog) => {
      dialogs += 1;
      void dialog.dismiss();
    });
    await page.goto(consoleOf(local.endpoint));
    const texts = ["👩‍👩‍👧‍👦 🇫🇷 ok", "שלום, מה שלומך?", "<script>alert(1)</script><img src=x onerror=alert(1)>"];
    for (const text of texts) {
      await write(page, customer, text);
      await messageOn(page, customer, text).nth(1).waitFor();
    }
    await phoneOf(page, customer).locator(".said:dir(rtl)", { hasText: "שלום" }).first().waitFor();
    await write(page, customer, "y".repeat(30_000));
    await phoneOf(page, customer).getByRole("button", { name: "All 30,000 characters" }).first().waitFor();
    await page.getByRole("link", { name: "<img src=x onerror=alert(1)>" }).waitFor();
    expect(dialogs).toBe(0);
    expect(faults).toEqual([]);
  });

  test("a Flow of one widget and one of a thousand are drawn, and the thousandth is found", async () => {
    const one = {
      initial_state: "Trigger",
      states: flowOf().states.map((state) => ({ ...state, transitions: [{ event: "incomingMessage" }] })),
    };
    const small = await deploy(local, "one", one);
    const many = Array.from({ length: 999 }, (_, at) =>
      say(`say-${at + 1}`, `This is widget ${at + 1}`, at < 998 ? { sent: `say-${at + 2}` } : {}),
    );
    const large = await deploy(local, "thousand", flowOf(...many));
    const { page, faults } = await browser.window();
    await page.goto(consoleOf(local.endpoint, `flows/${small}`));
    await page.locator(".widget", { hasText: "Trigger" }).waitFor();
    await page.goto(consoleOf(local.endpoint, `flows/${large}`));
    await page.getByRole("combobox", { name: "Find a widget" }).fill("say-999");
    await page.getByRole("option", { name: "say-999" }).click();
    await page.locator(".widget.selected", { hasText: "say-999" }).waitFor();
    // From there it is walked by what leads to it.
    await page.getByRole("region", { name: "say-999" }).getByRole("button", { name: "say-998" }).click();
    await page.locator(".widget.selected", { hasText: "say-998" }).waitFor();
    // Only what is in sight is drawn.
    expect(await page.locator(".widget").count()).toBeLessThan(100);
    expect(faults).toEqual([]);
  });

  test.each([
    ["a Conversation", `conversations/CH${"0".repeat(32)}`, "This Conversation is gone"],
    ["an Execution", `executions/FN${"0".repeat(32)}`, "There is no such Execution"],
    ["a Flow", `flows/FW${"0".repeat(32)}`, "This Flow is not deployed here"],
    ["a view", "nowhere", "There is no such view"],
  ])("a link to %s that is not there says so", async (_, view, words) => {
    const { page, faults } = await browser.window();
    await page.goto(consoleOf(local.endpoint, view));
    await page.getByRole("heading", { name: words }).waitFor();
    expect(faults).toEqual([]);
  });

  test("a picture that is attached arrives", async () => {
    const { page, faults } = await browser.window();
    await page.goto(consoleOf(local.endpoint));
    await deploy(local, "thanks", flowOf(say("thanks", "Thank you")));
    const phone = phoneOf(page, customer);
    const pixel =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    await phone
      .locator('input[type="file"]')
      .setInputFiles({ name: "a.png", mimeType: "image/png", buffer: Buffer.from(pixel, "base64") });
    await phone.getByText("image/png").waitFor();
    await phone.getByRole("button", { name: "Send" }).click();
    await phone.getByRole("img", { name: "Attached picture" }).waitFor();
    expect(faults).toEqual([]);
  });
});
