/** The local Twilio for programs and tests: start one in this process, stop it, look inside. */
export { startLocalTwilio, type LocalTwilio, type Options } from "./server.ts";
export { defaultAccount } from "./account.ts";
export type { Seed } from "./seed.ts";
export { defaultUnknowns, unknowns, type UnknownName, type Unknowns } from "./unknowns.ts";
export type { TwilioEvent } from "./product.ts";
