import { localWorld } from "./local-world.ts";
import { TestStage } from "./stage.ts";
import { realWorld, verifySettings } from "./real-world.ts";
import type { World } from "./world.ts";

/**
 * The world that the conversation cases play in: the stack deployed to a local Twilio, or, when `npm run verify` has
 * set the `VERIFY_…` variables, a real account.
 */
export async function openWorld(): Promise<World> {
  const settings = verifySettings(process.env);
  if (settings !== null) return realWorld(settings);
  const stage = await TestStage.create();
  await stage.up();
  return localWorld(stage);
}
