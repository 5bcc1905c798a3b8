/** `npm run dev`, killed at some moment after a save: what a preview shows then, and that one `up` brings all in line. */
import { expect } from "vitest";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { DevelopedFlorist } from "./developed-florist.ts";

/** What a save of a Flow's text, or of a Function, may change. */
const ofSave = /^twilio:(studio:Flow|serverless:(Function|Build|Deployment))$/;
const typeOf = (urn: string) => urn.split("::")[2]?.split("$").at(-1) ?? "";

/** Resolves when the engine's run that was on its way has ended: nothing ends it but itself. */
async function engineEnded(florist: DevelopedFlorist): Promise<void> {
  const locks = join(florist.project.folder, "state/.pulumi/locks");
  const held = () =>
    existsSync(locks) &&
    readdirSync(locks, { recursive: true }).some((file) => String(file).endsWith(".json"));
  while (held()) await setTimeout(100);
}

/**
 * Saves something, kills `npm run dev` so many milliseconds after it, and holds what must be true then.
 *
 * @param at which kill it is: what is saved differs by it
 */
export async function killAfterSave(florist: DevelopedFlorist, at: number, ms: number): Promise<void> {
  await florist.develop();
  const greeting = `Kill${at}`;
  await florist.saveGreeting(greeting);
  await florist.save("functions/order-status.protected.js", (text) =>
    text.replace(/is ready on|is due on|waits from/, at % 2 === 0 ? "is due on" : "is ready on"),
  );
  await setTimeout(ms);
  await florist.end("SIGKILL");
  await engineEnded(florist);

  for (const flags of [[], ["--refresh"]]) {
    const steps = await florist.preview(...flags);
    const foreign = steps.map(({ urn }) => typeOf(urn)).filter((type) => !ofSave.test(type));
    expect(foreign, `preview ${flags.join(" ")} after a kill at ${ms} ms`).toEqual([]);
  }
  const up = await florist.project.pulumi(
    "up",
    "--yes",
    "--skip-preview",
    "--non-interactive",
    "-s",
    "local",
  );
  expect({ code: up.code, said: up.stderr }, `up after a kill at ${ms} ms`).toMatchObject({ code: 0 });
  expect(await florist.preview("--refresh")).toEqual([]);
  expect(await florist.answers()).toEqual({
    greeting: expect.stringContaining(`${greeting} here.`) as string,
    order: expect.stringContaining(at % 2 === 0 ? "due on" : "ready on") as string,
  });
}
