/**
 * A world in this process: a local Twilio with one Flow, in memory, on a clock that scripts move. Nothing here needs a test
 * runner.
 */
import type { WorldKind } from "../world.ts";
import type { EngineWorldOptions } from "./options.ts";
import { takeTwilio } from "./twilios.ts";
import { InProcessWorld } from "./world.ts";

export { httpResultOf, type Answer } from "../answer.ts";
export { functionsFrom, RealFunctions, type RealFunctionsOptions } from "./real-functions.ts";
export type { EngineWorldOptions, FunctionCall, ServerRequest, ServerStub, Stub } from "./options.ts";

/**
 * A world without a server and without a deployment. Functions are stand-ins by name, or the real ones (`functionsFrom`); a
 * Function or server that nothing answers for is an error that says so, never a guess. Everything else is the local Twilio:
 * one is opened for a test worker, and what a script did is rolled back when it is over.
 */
export function engineAlone(options: EngineWorldOptions): WorldKind {
  const name = "in this process";
  const kind = takeTwilio(options);
  return {
    name,
    open: async (note) => InProcessWorld.open(name, options, await kind.lease(), note),
    close: () => kind.close(),
  };
}
