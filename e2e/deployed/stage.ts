/** A stage that is deployed when a test begins: the real CLI deploys each shape once a run, and every file gets a copy. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";
import { withLock } from "../../packages/cli/set-up/lock.mjs";
import { supportStage, TestStage } from "../stage.ts";

/**
 * A stage of one's own on which a stage file was deployed, and nothing has happened since.
 *
 * @param file what the stage file says, without the project's name
 */
export async function deployedStage(
  file: Readonly<Record<string, unknown>> = supportStage,
): Promise<TestStage> {
  const shape = createHash("sha256").update(JSON.stringify(file)).digest("hex").slice(0, 16);
  const kept = join(inject("deployedStages"), shape);
  const isThere = () => existsSync(kept);
  if (!isThere()) {
    const deploy = () => (isThere() ? Promise.resolve() : deployTo(kept, file));
    await withLock(`${kept}.lock`, deploy, () => undefined);
  }
  const stage = await TestStage.copyOf(kept);
  await stage.configure(file);
  return stage;
}

async function deployTo(kept: string, file: Readonly<Record<string, unknown>>): Promise<void> {
  await using stage = await TestStage.create();
  await stage.configure(file);
  await stage.up();
  await stage.keepIn(`${kept}.begun`);
  await rename(`${kept}.begun`, kept);
}
