/**
 * The console in a real Chromium: how soon a message that is written can be seen with its widget lit while 20
 * conversations run, how soon the first view is there and how much is loaded for it, and whether long lists and large
 * Flows scroll without a task that takes long.
 */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { defaultAccount } from "@support-line/local-twilio";
import type { FlowDefinition } from "@support-line/studio";
import { chromium, type Page } from "playwright-core";
import { z } from "zod";
import { flowOf, say } from "../packages/local-twilio/testing/flows.ts";
import { findChromium } from "../scripts/setup/chromium.mjs";
import { percentile, type Measure, type Row } from "./harness/row.ts";
import { BenchStage, root } from "./harness/stage.ts";

const line = "+15550100001";
const probe = "+15550100201";
const talkers = Array.from({ length: 20 }, (_, at) => `+15550100${301 + at}`);
const samples = { messages: 60, firstViews: 5 };
const executions = 1000;

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];

export const measure: Measure = async (progress) => {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("this machine has no Chromium; CHROMIUM names one elsewhere");
  const bench = await BenchStage.create();
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    const sid = await deploy(bench, largeFlow());
    const base = `${bench.endpoint}/_local/console/`;
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    progress("first view");
    const first = await firstViews(page, base);
    progress("message to light");
    const light = await messagesToLight(page, bench, base);
    progress(`${executions} Executions`);
    await fill(bench);
    const list = await longestTask(page, `${base}executions`, ".rows.virtual");
    progress("a Flow of 130 widgets");
    const flow = await longestTask(page, `${base}flows/${sid}`, ".react-flow");
    return [
      { what: "first view, fresh browser: p50", value: percentile(first, 0.5), unit: "ms", atMost: 1000 },
      { what: "loaded in all, compressed", value: builtKilobytes() / 1000, unit: "MB", atMost: 0.4 },
      { what: "message to visible light, 20 conversations: p50", value: percentile(light, 0.5), unit: "ms" },
      {
        what: "message to visible light, 20 conversations: p95",
        value: percentile(light, 0.95),
        unit: "ms",
        atMost: 100,
      },
      { what: "longest task while 1,000 Executions scroll", value: list, unit: "ms", atMost: 50 },
      { what: "longest task while a Flow of 130 widgets moves", value: flow, unit: "ms", atMost: 50 },
    ] satisfies Row[];
  } finally {
    await browser.close();
    await bench.close();
  }
};

/** 130 widgets: the first answers every message, the others are there to be drawn. */
function largeFlow(): FlowDefinition {
  const others = Array.from({ length: 128 }, (_, at) =>
    say(`step-${at + 1}`, `Widget ${at + 1}`, at < 127 ? { failed: `step-${at + 2}` } : {}),
  );
  return flowOf(say("echo", "echo {{trigger.message.Body}}", { failed: "step-1" }), ...others);
}

/** Has the Flow answer at the line; its SID. */
async function deploy(bench: BenchStage, definition: FlowDefinition): Promise<string> {
  const { accountSid, authToken } = defaultAccount;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
  const call = async (path: string, form?: Record<string, string>): Promise<unknown> => {
    const init = form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) };
    const response = await fetch(`${bench.endpoint}/${path}`, { ...init, headers: { authorization } });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const flow = z.object({ sid: z.string(), webhook_url: z.string() }).parse(
    await call("studio.twilio.com/v2/Flows", {
      FriendlyName: "large",
      Status: "published",
      Definition: JSON.stringify(definition),
    }),
  );
  const account = `api.twilio.com/2010-04-01/Accounts/${accountSid}`;
  const numbers = z
    .object({ incoming_phone_numbers: z.array(z.object({ sid: z.string() })) })
    .parse(await call(`${account}/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(line)}`));
  const number = numbers.incoming_phone_numbers[0]?.sid ?? "";
  await call(`${account}/IncomingPhoneNumbers/${number}.json`, { SmsUrl: flow.webhook_url });
  return flow.sid;
}

const write = (bench: BenchStage, from: string, body: string): Promise<unknown> =>
  bench.control(`handsets/${encodeURIComponent(from)}/messages`, "POST", { to: line, body });

async function firstViews(page: Page, base: string): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < samples.firstViews; round++) {
    await page.goto("about:blank");
    await page.goto(base, { waitUntil: "commit" });
    // The page's own clock, from the navigation on.
    times.push(
      await page.evaluate<number>(`new Promise((resolve) => {
        const look = () => document.querySelector(".handset") && document.querySelector(".widget")
          ? resolve(performance.now()) : requestAnimationFrame(look);
        look();
      })`),
    );
  }
  return times;
}

async function messagesToLight(page: Page, bench: BenchStage, base: string): Promise<number[]> {
  let isOver = false;
  const talking = talkers.map(async (from, at) => {
    for (let count = 0; !isOver; count++) {
      await write(bench, from, `talk ${count}`);
      await wait(400 + at * 10);
    }
  });
  try {
    // Asked for by name: among so many, a phone would have to be lucky to be shown by itself.
    await page.goto(base);
    await page.evaluate(`localStorage.setItem("console.phones", '{"added":["${probe}"],"hidden":[]}')`);
    await page.goto(base);
    await page.locator(`article[aria-label$="${probe}"]`).waitFor();
    const times: number[] = [];
    for (let count = 0; count < samples.messages; count++) {
      times.push(
        await page.evaluate<number>(`new Promise((resolve) => {
          const phone = document.querySelector('article[aria-label$="${probe}"]');
          const begin = performance.now();
          const isThere = () => [...phone.querySelectorAll(".said")].some((said) => said.textContent === "echo probe ${count}")
            && document.querySelector(".widget.visited") !== null;
          const look = () => isThere() ? resolve(performance.now() - begin) : requestAnimationFrame(look);
          fetch("/_local/v1/handsets/${encodeURIComponent(probe)}/messages", {
            method: "POST", body: JSON.stringify({ to: "${line}", body: "probe ${count}" }),
          });
          look();
        })`),
      );
      await wait(50);
    }
    return times.slice(5);
  } finally {
    isOver = true;
    await Promise.all(talking);
  }
}

/** Runs the Flow until there are enough Executions to scroll through. */
async function fill(bench: BenchStage): Promise<void> {
  const shape = z.object({ executions: z.array(z.object({ sid: z.string() })) });
  for (let have = 0; have < executions;) {
    await Promise.all(talkers.map((from) => write(bench, from, "more")));
    await bench.control("idle");
    have = shape.parse(await bench.control(`executions?limit=${executions}`)).executions.length;
  }
}

/** The longest task of the page, in ms, while somebody scrolls for two seconds; 0 when none took 50 ms, the least a browser tells of. */
async function longestTask(page: Page, address: string, place: string): Promise<number> {
  await page.goto(address);
  await page.locator(place).waitFor();
  const older = page.getByRole("button", { name: "Load older" });
  while ((await older.count()) > 0 && (await older.isEnabled())) {
    await older.click();
    await wait(300);
  }
  await wait(500);
  await page.evaluate(`window.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    }).observe({ entryTypes: ["longtask"] });`);
  const box = await page.locator(place).boundingBox();
  if (box === null) throw new Error(`${address} has no ${place}`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let turn = 0; turn < 40; turn++) {
    await page.mouse.wheel(0, turn < 20 ? 400 : -400);
    await wait(50);
  }
  return page.evaluate<number>("window.longest");
}

/** What the whole page weighs as it is sent. */
function builtKilobytes(): number {
  const built = join(root, "packages/console/dist");
  const bytes = readdirSync(built, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".gz"))
    .map((file) => statSync(join(built, file)).size);
  return bytes.reduce((sum, size) => sum + size, 0) / 1000;
}
