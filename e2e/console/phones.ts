/** The phones of the console's page, as somebody in front of it uses them. */
import type { Locator, Page } from "playwright-core";

/** Where the console of a local Twilio is. */
export function consoleOf(endpoint: string, view = ""): string {
  return `${endpoint}/_local/console/${view}`;
}

/** A phone on the page, by its number. */
export function phoneOf(page: Page, number: string): Locator {
  return page.locator(`article[aria-label$="${number}"]`);
}

/** Types a message on a phone and sends it. */
export async function write(page: Page, number: string, text: string): Promise<void> {
  const phone = phoneOf(page, number);
  await phone.locator("textarea").fill(text);
  await phone.getByRole("button", { name: "Send" }).click();
}

/** A message on a phone. */
export function messageOn(page: Page, number: string, text: string): Locator {
  return phoneOf(page, number).locator(".bubble .said", { hasText: text });
}
