/** Worlds that are reached over HTTP. */
export { onLocalTwilio, type LocalWorldOptions, type RunningTwilio } from "./local-world.ts";
export { onAccount, type AccountWorldOptions } from "./account-world.ts";
