/** The local Twilio for programs and tests: start one in this process, stop it, look inside. */
export { startLocalTwilio, type LocalTwilio, type Options } from "./server.ts";
export { openTwilio, type Mark, type OpenedTwilio, type OpenOptions } from "./open.ts";
export type { TwilioAnswer, TwilioRequest } from "./http/request.ts";
export type { Phones, VoiceCall } from "./phones.ts";
export type { StandInAnswer, StandIns } from "./stand-ins.ts";
export { defaultAccount } from "./account.ts";
export { defaultSeed, type Seed } from "./seed.ts";
export { defaultSwitches, switches, type SwitchName, type Switches } from "./switches.ts";
export { TwilioError } from "./errors.ts";
export type { Body, HandsetMessage, RawRequest, RawResponse, TwilioEvent } from "./product.ts";
