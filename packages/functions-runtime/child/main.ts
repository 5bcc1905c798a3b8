/** The process of one deployment: it loads Functions, runs them and answers. Started by the host, ends with it. */
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Invocation } from "../types.ts";
import { answerOf, failureOf } from "./answer.ts";
import { collectConsole, withConsole } from "./console.ts";
import { defineGlobals, twilioClient } from "./globals.ts";
import type { FromChild, ToChild } from "./messages.ts";

type Start = Extract<ToChild, { type: "start" }>;
type Invoke = Extract<ToChild, { type: "invoke" }>;
type Callback = (error?: unknown, payload?: unknown) => void;
type Handler = (context: object, event: object, callback: Callback) => unknown;

let start: Start | undefined;
let load: ReturnType<typeof createRequire> | undefined;

process.on("message", (message: ToChild) => {
  if (message.type === "start") begin(message);
  else invoke(message);
});
// The host is gone: nobody is left to answer.
process.on("disconnect", () => process.exit());
// What a Function does after it has called back is no longer anybody's run; at Twilio it would be frozen.
process.on("unhandledRejection", () => undefined);

function begin(message: Start): void {
  start = message;
  load = createRequire(join(message.folder, "index.js"));
  collectConsole();
  defineGlobals(message, load);
  // The first request should not pay for loading the library. A Build without it simply has none.
  try {
    load("twilio");
  } catch {
    // Whoever asks for it is told.
  }
  send({ type: "ready" });
}

function invoke({ id, path, event, variables }: Invoke): void {
  const logs: Invocation["logs"][number][] = [];
  let answered = false;
  const answer = (
    response: Extract<FromChild, { type: "answered" }>["response"],
    error: Invocation["error"],
  ) => {
    if (answered) return;
    answered = true;
    send({ type: "answered", id, response, logs, error });
  };
  const fail = (error: unknown) => answer(failureOf(error), describe(error));
  const callback: Callback = (error, payload) => {
    if (error !== undefined && error !== null) return fail(error);
    try {
      answer(answerOf(payload), null);
    } catch (problem) {
      fail(problem);
    }
  };
  withConsole(logs, () => {
    try {
      // A handler that is async and throws fails; one that only returns never answers, as at Twilio.
      Promise.resolve(handlerOf(path)(contextOf(path, variables), event, callback)).catch(fail);
    } catch (error) {
      fail(error);
    }
  });
}

function handlerOf(path: string): Handler {
  const file = start?.functions.find((each) => each.path === path)?.file ?? "";
  const { handler } = load?.(file) as { handler?: unknown };
  if (typeof handler !== "function") {
    throw new Error(`${path} exports no handler; a Function sets exports.handler`);
  }
  return handler as Handler;
}

function contextOf(path: string, variables: Readonly<Record<string, string>>): object {
  const begun = start;
  const require = load;
  if (begun === undefined || require === undefined) throw new Error("invoked before the start");
  const { accountSid, authToken, serviceSid, environmentSid, domainName } = begun.deployment;
  const context = {
    ...(accountSid === "" ? {} : { ACCOUNT_SID: accountSid, AUTH_TOKEN: authToken }),
    ...variables,
    PATH: path,
    DOMAIN_NAME: domainName,
    SERVICE_SID: serviceSid,
    ENVIRONMENT_SID: environmentSid,
  };
  return Object.assign(context, {
    getTwilioClient: (options: object = {}) => twilioClient(begun, require, context, options),
  });
}

function describe(error: unknown): NonNullable<Invocation["error"]> {
  if (!(error instanceof Error)) {
    return { code: 82002, message: typeof error === "string" ? error : JSON.stringify(error) };
  }
  return {
    code: 82002,
    message: error.message,
    ...(error.stack === undefined ? {} : { stack: error.stack }),
  };
}

function send(message: FromChild): void {
  if (process.connected) process.send?.(message);
}
