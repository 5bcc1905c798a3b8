/** `npm run dev` on a line of somebody's own, with the real engine. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { randomNumbers } from "../random.ts";
import { DevelopedFlorist } from "./developed-florist.ts";
import { killAfterSave } from "./killed.ts";

let florist: DevelopedFlorist;
beforeAll(async () => {
  florist = await DevelopedFlorist.create();
});
afterAll(() => florist[Symbol.asyncDispose]());

test("a save answers the next message, a faulty one changes nothing, and after Ctrl-C a preview is empty", async () => {
  await florist.develop();
  await florist.saveGreeting("Blossoms");
  expect((await florist.hears("live")).words).toEqual([expect.stringContaining("Blossoms here.")]);
  expect((await florist.answers()).greeting).toContain("Blossoms here.");

  await florist.save("functions/order-status.protected.js", (text) =>
    text.replace("is ready on", "waits from"),
  );
  expect((await florist.hears("live")).words).toEqual([expect.stringContaining("order-status")]);
  expect((await florist.answers()).order).toContain("waits from Friday");

  // Until then, what the engine has put back may be told to be live again.
  await florist.hears("recorded");
  await florist.save("flow-templates/petals.json", (text) => `${text}\n`);
  await florist.hears("unchanged");

  let whole = "";
  await florist.save("flow-templates/petals.json", (text) => (whole = text).slice(0, -100));
  expect((await florist.hears("faults")).words).toEqual([expect.stringContaining("petals.json")]);
  expect((await florist.answers()).greeting).toContain("Blossoms here.");
  await florist.save("flow-templates/petals.json", () => whole);
  await florist.hears("recorded");

  expect(await florist.end("SIGINT")).toBe(0);
  expect(await florist.preview()).toEqual([]);
  expect(await florist.preview("--refresh")).toEqual([]);
});

test("killed after a save: a preview shows that save at most, nothing has drifted, and one up is enough", async () => {
  const random = randomNumbers(7);
  for (let at = 1; at <= 3; at++) await killAfterSave(florist, at, Math.floor(random() * 4000));
});
