/** The process of one deployment: it loads Functions, runs them and answers. Started by the host, ends with it. */
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Invocation } from "../types.ts";
import { answerOf, failureOf, jsonOf } from "./answer.ts";
import { openChannel } from "./channel.ts";
import { collectConsole } from "./console.ts";
import { showContext } from "./environment.ts";
import { defineGlobals, twilioClient } from "./globals.ts";
import { importFrom } from "./import.ts";
import type { FromChild, ToChild } from "./messages.ts";
import { currentRun, within, type Run } from "./run.ts";

type Start = Extract<ToChild, { type: "start" }>;
type Invoke = Extract<ToChild, { type: "invoke" }>;
type Answered = Extract<FromChild, { type: "answered" }>;
type Callback = (error?: unknown, payload?: unknown) => void;
type Handler = (context: object, event: object, callback: Callback) => unknown;

let start: Start | undefined;
let load: ReturnType<typeof createRequire> | undefined;
const runs = new Map<string, Run>();

const send = openChannel((message) => {
  if (message.type === "start") begin(message);
  else if (message.type === "adopt") adopt(message);
  else if (message.type === "invoke") invoke(message);
  else stop(message.id);
});
// The host is gone, perhaps without a word: nobody is left to answer, or to remove the files.
process.on("disconnect", () => {
  if (start !== undefined) rmSync(start.folder, { recursive: true, force: true });
  process.exit();
});
/** What was given to the code that has loaded is told of the new deployment by the same object. */
function adopt({ deployment }: Extract<ToChild, { type: "adopt" }>): void {
  if (start !== undefined) Object.assign(start, { deployment });
}

function begin(message: Start): void {
  start = message;
  load = createRequire(join(message.folder, "index.js"));
  collectConsole();
  defineGlobals(message, load);
  importFrom(message.modules);
  // The first request should not pay for loading the library. A Build without it simply has none.
  try {
    load("twilio");
  } catch {
    // Whoever asks for it is told.
  }
  process.on("uncaughtException", failRun);
  process.on("unhandledRejection", failRun);
  send({ type: "ready" });
}

/**
 * What is thrown in a timer, or rejected with nobody waiting, fails the run it belongs to, as in the toolkit's
 * development server; runs beside it go on. After the run has called back it concerns nobody.
 */
function failRun(error: unknown): void {
  currentRun()?.fail(error);
}

function invoke({ id, path, event, variables, beginBy }: Invoke): void {
  // Another process has it by now: this one was busy.
  if (Date.now() > beginBy) return;
  send({ type: "begun", id });
  const end = (response: Answered["response"], error: Invocation["error"]) => {
    if (runs.delete(id)) send({ type: "answered", id, response, logs: run.logs, error });
  };
  const run: Run = {
    logs: [],
    context: contextOf(path, variables),
    fail: (error) => end(failureOf(error), describe(error)),
  };
  const callback: Callback = (error, payload) => {
    if (error) return run.fail(error);
    try {
      end(answerOf(payload), null);
    } catch (problem) {
      run.fail(problem);
    }
  };
  runs.set(id, run);
  showContext(run.context);
  within(run, () => {
    try {
      // A handler that is async and throws fails; one that only returns never answers, as at Twilio.
      Promise.resolve(handlerOf(path)(run.context, event, callback)).catch(run.fail);
    } catch (error) {
      run.fail(error);
    }
  });
}

/** The time of a run is over: what it has printed is all that is left to say. */
function stop(id: string): void {
  const run = runs.get(id);
  if (run !== undefined && runs.delete(id)) send({ type: "late", id, logs: run.logs });
}

function handlerOf(path: string): Handler {
  const file = start?.functions.find((each) => each.path === path)?.file ?? "";
  const { handler } = load?.(file) as { handler?: unknown };
  if (typeof handler !== "function") {
    throw new Error(`${path} exports no handler; a Function sets exports.handler`);
  }
  return handler as Handler;
}

function contextOf(
  path: string,
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
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
    return { code: 82002, message: typeof error === "string" ? error : jsonOf(error) };
  }
  return {
    code: 82002,
    message: error.message,
    ...(error.stack === undefined ? {} : { stack: error.stack }),
  };
}
