/** The real Chromium of this machine, for the console's tests. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { findChromium } from "../../scripts/setup/chromium.mjs";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where it is; null where the machine has none. */
const executable = findChromium();

export interface TestBrowser extends AsyncDisposable {
  /** A window of its own, as another person's would be. Whatever it says to its console or asks elsewhere counts as a fault. */
  window(options?: {
    readonly width?: number;
    readonly height?: number;
    readonly dark?: boolean;
  }): Promise<Window>;
}

export interface Window {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the page, and requests to anybody but the local Twilio. */
  readonly faults: readonly string[];
}

/** Starts it with an empty profile. */
export async function startBrowser(): Promise<TestBrowser> {
  if (executable === null) {
    throw new Error(
      "this machine has no Chromium, which the console's tests drive: install it (apt-get install chromium), or set CHROMIUM to its path",
    );
  }
  const profile = await mkdtemp(join(tmpdir(), "console-browser-"));
  const browser = await chromium.launch({
    executablePath: executable,
    args: flags,
    env: { ...process.env, HOME: profile },
  });
  return {
    async window({ width = 1440, height = 900, dark = false } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: dark ? "dark" : "light",
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      const faults: string[] = [];
      page.on("pageerror", ({ message }) => faults.push(message));
      page.on("console", (message) => {
        // A connection that is refused is the test's own doing.
        const isRefused =
          /ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED|status of 404/.test(
            message.text(),
          );
        if (message.type() === "error" && !isRefused) faults.push(message.text());
      });
      page.on("request", (request) => {
        const { hostname, protocol } = new URL(request.url());
        if (hostname !== "127.0.0.1" && /^https?:/.test(protocol)) faults.push(`asked ${request.url()}`);
      });
      return { page, context, faults };
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
