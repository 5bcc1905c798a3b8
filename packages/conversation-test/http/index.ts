/** Worlds that are reached over HTTP. */
export { onLocalTwilio, type LocalWorldOptions, type RunningTwilio } from "./local-world.ts";
