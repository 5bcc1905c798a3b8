/**
 * Conversation tests for vitest: people write, call and hear; the same script plays on the engine alone, on a local
 * Twilio and on a real account.
 */
export { Reply, type Answer } from "./answer.ts";
export { conversationsOn, type Conversation } from "./conversation.ts";
export { Coverage, coverageTable, placesOf, type CoverageSummary } from "./coverage/index.ts";
export {
  engineAlone,
  functionsFrom,
  type EngineWorldOptions,
  type FunctionCall,
  type Stub,
} from "./in-process/index.ts";
export { ConversationError, conversationErrors } from "./errors.ts";
export { ConversationFailure } from "./failure.ts";
export {
  explore,
  type Exploration,
  type ExploreOptions,
  type PlayableWay,
  type Way,
} from "./explore/index.ts";
export {
  onAccount,
  onLocalTwilio,
  type AccountWorldOptions,
  type LocalWorldOptions,
  type RunningTwilio,
} from "./http/index.ts";
export { play } from "./play.ts";
export type { Person } from "./person.ts";
export type { Scene, Script, Time } from "./scene.ts";
export { textsOf } from "./texts.ts";
export type { Answering, Phone, TwilioCall, World, WorldKind } from "./world.ts";
