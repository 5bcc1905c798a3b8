/** The console as a new user meets it: the project's stack deployed, a browser, no documentation. */
import { execFile } from "node:child_process";
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { byHand } from "./by-hand.ts";
import { consoleOf, messageOn, write } from "./phones.ts";

const [customer, agent] = ["+15550100201", "+15550100101"];
const { stage: deployed, window } = byHand();

test("from the first click to the agent's answer, and saved as a test of the project, which runs there", async () => {
  const stage = deployed();
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
  await copyFile("packages/create/files/vitest.config.txt", join(stage.folder, "vitest.config.ts"));
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
