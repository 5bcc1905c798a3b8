/** The engine alone: a Flow and a script, in this process, at once. Nothing here needs a test runner. */
import type { WorldKind } from "../world.ts";
import { EngineWorld } from "./engine-world.ts";
import { stubbed } from "./functions.ts";
import type { EngineWorldOptions, FunctionsRunner } from "./options.ts";

export { httpResultOf, type Answer } from "../answer.ts";
export { functionsFrom, type RealFunctionsOptions } from "./real-functions.ts";
export type {
  EngineWorldOptions,
  FunctionCall,
  FunctionsRunner,
  ServerRequest,
  ServerStub,
  Stub,
} from "./options.ts";

/**
 * A world that is the engine and nothing else. Functions are stand-ins by name, or the real ones (`functionsFrom`); a
 * Function or server that nothing answers for is an error that says so, never a guess.
 */
export function engineAlone(options: EngineWorldOptions): WorldKind {
  const { functions = {} } = options;
  const runner: FunctionsRunner = isRunner(functions) ? functions : stubbed(functions);
  const name = "on the engine alone";
  return {
    name,
    open: (note) => Promise.resolve(new EngineWorld(name, options, runner.begin(), note)),
    close: () => runner.close(),
  };
}

function isRunner(functions: NonNullable<EngineWorldOptions["functions"]>): functions is FunctionsRunner {
  return typeof functions["begin"] === "function" && typeof functions["close"] === "function";
}
