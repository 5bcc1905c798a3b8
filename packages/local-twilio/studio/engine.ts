/** The engine and the validator of Flows, loaded with the first Flow: they are most of what a start would wait for. */
import type * as Studio from "@support-line/studio";

let loaded: typeof Studio | undefined;

/** Loads them. Everything that saves or runs a Flow waits for this first. */
export async function loadEngine(): Promise<void> {
  loaded ??= await import("@support-line/studio");
}

/** The engine. Throws when nobody has waited for it. */
export function engine(): typeof Studio {
  if (!loaded) throw new Error("the engine of Flows is used before it is loaded");
  return loaded;
}
