/** Plays one script in one world. */
import { Scene, type Script } from "./scene.ts";
import type { Coverage } from "./coverage/coverage.ts";
import { Transcript } from "./transcript.ts";
import type { WorldKind } from "./world.ts";

export type { Script } from "./scene.ts";

/**
 * Opens a world, plays the script there and closes it, whatever happens.
 *
 * @param covered is told what was walked of the Flow, also when the script fails
 * @param differs is told of what was walked through in which an account is known to differ
 * @throws whatever the script throws: ConversationFailure, ConversationError, StudioError
 */
export async function play(
  kind: WorldKind,
  script: Script,
  covered: (coverage: Coverage) => void = () => undefined,
  differs: (difference: string) => void = () => undefined,
): Promise<string> {
  const transcript = new Transcript();
  const world = await kind.open(transcript.note);
  try {
    await script(new Scene(world, transcript));
  } finally {
    for (const each of await world.covered()) covered(each);
    for (const each of world.differences?.() ?? []) differs(each);
    await world.close();
  }
  return transcript.toString();
}
