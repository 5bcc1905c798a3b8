/** Stand-ins for Functions: what a test says they answer. */
import { httpResultOf } from "../answer.ts";
import type { FunctionsRunner, FunctionsSession, Stub } from "./options.ts";

/** Answers for Functions by name. */
export function stubbed(stubs: Readonly<Record<string, Stub>>): FunctionsRunner {
  const session: FunctionsSession = {
    run(call) {
      if (!Object.hasOwn(stubs, call.name)) return undefined;
      const stub = stubs[call.name] ?? null;
      const answer = typeof stub === "function" ? stub(call) : stub;
      return answer instanceof Promise ? answer.then(httpResultOf) : httpResultOf(answer);
    },
    twilioCalls: () => [],
    end: () => undefined,
  };
  return { begin: () => session, close: () => Promise.resolve() };
}

/** Name of a Function by its URL: the path without its first slash. */
export function functionName(url: string): string {
  return url.replace(/^\w+:\/\/[^/]*\/?|^\//, "").replace(/[?#].*$/, "");
}
