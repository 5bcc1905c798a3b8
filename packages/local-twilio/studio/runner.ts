/**
 * Runs Executions: gives the engine what happened, keeps what it answers, does what it wants done. Everything up to
 * an effect is one transaction, so an Execution is never found half-way through a widget.
 */
import { isoOf } from "../calendar.ts";
import type {
  Effect,
  EngineEvent,
  EngineOptions,
  Execution,
  ExecutionStart,
  TriggerEvent,
  Turn,
  StudioError,
} from "@support-line/studio";
import type { Body, StoredObject, Twilio } from "../product.ts";
import { isCallEffect, isCallType } from "../voice/call-effects.ts";
import { perform, type Work } from "./effects.ts";
import { engine, loadEngine } from "./engine.ts";
import { definitionOf, findRevision } from "./revisions.ts";
import { activeRuns, findRun, saveRun, type Run } from "./runs.ts";
import { closesConversation, openedConversation } from "./hand-overs.ts";
import { redirect } from "./redirect.ts";
import { keepSteps, StepSids } from "./steps.ts";
import { findSubflow } from "./subflows.ts";
import { tokens } from "./tokens.ts";
import { isTestUser } from "./flow.ts";

/** An active Execution ends after this time (Studio FAQ). */
const lifetimeMs = 30 * 24 * 3600 * 1000;

/** A run, apart from how far it got. */
type About = Omit<Run, "execution" | "due" | "stepSid">;

/** What starts an Execution. */
export interface Start {
  readonly flowSid: string;
  readonly trigger: TriggerEvent;
  /** One active Execution for each contact of a Flow. */
  readonly contact: string;
  readonly conversationSid: string | null;
  readonly start: Omit<ExecutionStart, "executionSid" | "flowSid">;
}

/**
 * Starts an Execution on the published revision, or the latest for a test user. Undefined when the Flow is gone or
 * has nothing published; the event stream says so.
 */
export function startRun(twilio: Twilio, given: Start): StoredObject | undefined {
  const { flowSid, trigger, contact, conversationSid } = given;
  const { contactAddress } = given.start;
  const wanted = isTestUser(twilio, flowSid, contactAddress) ? "latest" : "published";
  const revision = findRevision(twilio, flowSid, wanted)?.body["revision"];
  if (typeof revision !== "number") {
    const reason = twilio.store.find(tokens.flow, flowSid)
      ? "no revision of the Flow is published"
      : "there is no such Flow";
    twilio.events.append("execution.notStarted", flowSid, conversationSid, { trigger, reason });
    return undefined;
  }
  const sid = twilio.sid("FN");
  const event = { type: "started", trigger, start: { ...given.start, executionSid: sid, flowSid } } as const;
  return twilio.store.transaction(() => {
    const stored = insertExecution(twilio, sid, flowSid, contactAddress);
    const about = { trigger, revision, conversationSid, contact: contactAddress };
    twilio.events.append("execution.started", sid, flowSid, about);
    turn(twilio, { sid, flowSid, contact, conversationSid, revision }, null, event);
    return twilio.store.find(tokens.execution, sid) ?? stored;
  });
}

/** Tells an Execution what happened. One that is over, or gone, is left alone. */
export function tellRun(twilio: Twilio, executionSid: string, event: EngineEvent): void {
  const run = findRun(twilio, executionSid);
  if (run?.execution.status === "active") turn(twilio, run, run, event);
}

/** After a start: waits go on, and effects that the stop interrupted are answered as failed. */
export async function resumeRuns(twilio: Twilio): Promise<void> {
  const runs = activeRuns(twilio).filter(({ flowSid }) => twilio.store.find(tokens.flow, flowSid));
  if (runs.length > 0) await loadEngine();
  for (const run of runs) {
    const { waiting } = run.execution;
    if (waiting === null) continue;
    if (waiting.type === "waitForReply" || waiting.type === "redirect") {
      arm(twilio, run);
      continue;
    }
    // A call goes on by itself: what becomes of it is told by whoever keeps it.
    if (isCallType(waiting.type)) continue;
    const reason = "the local Twilio was stopped while this was under way";
    twilio.events.append("execution.interrupted", run.sid, run.flowSid, {
      state: run.execution.state,
      effect: waiting.type,
      reason,
    });
    turn(twilio, run, run, failureOf(waiting.type, waiting.effect, reason));
  }
}

function turn(twilio: Twilio, about: About, before: Run | null, event: EngineEvent): void {
  const steps = new StepSids(twilio, about.sid, before?.stepSid ?? null);
  let result: Turn;
  try {
    const definition = definitionOf(twilio, about.flowSid, about.revision);
    const options: EngineOptions = {
      now: twilio.clock.now(),
      switches: twilio.settings.switches,
      subflows: (flowSid, revision) => findSubflow(twilio, about, before, event, flowSid, revision),
      stepSid: (number) => steps.sidOf(number),
    };
    result = engine().advance(definition, before?.execution ?? null, event, options);
  } catch (error) {
    if (!(error instanceof engine().StudioError)) throw error;
    fail(twilio, about, before, event, error);
    return;
  }
  const seconds = secondsToWait(result.effects);
  const stillWaits =
    before !== null &&
    before.due !== null &&
    result.execution.waiting?.effect === before.execution.waiting?.effect;
  const due = seconds !== null ? dueOf(twilio, about.sid, seconds) : stillWaits ? before.due : null;
  const { execution } = result;
  const conversationSid = about.conversationSid ?? openedConversation({ execution });
  const given: Run = { ...about, conversationSid, execution, due, stepSid: before?.stepSid ?? null };
  twilio.store.transaction(() => {
    const run = { ...given, stepSid: keepSteps(twilio, given, result.trace, steps) };
    saveRun(twilio, run);
    for (const effect of result.effects) begin(twilio, run, effect);
  });
}

function begin(twilio: Twilio, run: Run, effect: Effect): void {
  if (isCallEffect(effect)) {
    sayWaits(twilio, run, effect);
    twilio.services.voice.perform(run.sid, incomingCallOf(run.execution.context), effect);
    return;
  }
  switch (effect.type) {
    case "warn": {
      warn(twilio, run, effect.code, effect.state, effect.message);
      return;
    }
    case "ended":
      end(twilio, run, run.execution.context, effect.by);
      return;
    case "waitForReply":
      sayWaits(twilio, run, effect);
      arm(twilio, run);
      return;
    case "redirect":
      sayWaits(twilio, run, effect);
      arm(twilio, run);
      twilio.background(redirect(twilio, run, incomingCallOf(run.execution.context), effect));
      return;
    default:
      sayWaits(twilio, run, effect);
      twilio.background(goOn(twilio, run.sid, effect, perform(twilio, run, effect)));
  }
}

/** The call that started an Execution; empty when none did. */
function incomingCallOf({ trigger }: Pick<ExecutionStart, "trigger">): string {
  const { call } = trigger;
  const sid = typeof call === "object" && call !== null && "CallSid" in call ? call["CallSid"] : undefined;
  return typeof sid === "string" ? sid : "";
}

/** Says what an Execution waits for, and until when where the clock ends the wait. */
function sayWaits(
  twilio: Twilio,
  run: Run,
  { type, state }: Extract<Effect, { state: string; id: string }>,
): void {
  twilio.events.append("execution.waiting", run.sid, run.flowSid, {
    state,
    for: type,
    until: run.due !== null && (type === "waitForReply" || type === "redirect") ? isoOf(run.due) : null,
    conversationSid: run.conversationSid,
  });
}

/** Codes that Twilio's list of errors has as warnings, https://www.twilio.com/docs/api/errors; the rest are errors. */
const warnings = [81000, 81001, 81002, 81005, 81018, 81020, 81025];

/** Says something that Twilio would write to the Debugger, there and in the event stream. */
export function warn(
  twilio: Twilio,
  { sid, flowSid }: Pick<Run, "sid" | "flowSid">,
  code: number,
  state: string,
  message: string,
): void {
  twilio.events.append("execution.warned", sid, flowSid, { code, state, message });
  const level = warnings.includes(code) ? "warning" : "error";
  twilio.services.monitor.alert({ code, level, text: message, resourceSid: sid, serviceSid: flowSid });
}

/** Tells the Execution what came of an effect. A fault of ours counts as a failed effect, and is reported. */
async function goOn(
  twilio: Twilio,
  executionSid: string,
  { type, id }: Work,
  answer: Promise<EngineEvent>,
): Promise<void> {
  try {
    tellRun(twilio, executionSid, await answer);
  } catch (error) {
    tellRun(twilio, executionSid, failureOf(type, id, "the local Twilio has failed"));
    throw error;
  }
}

/** An effect that nothing came of. */
function failureOf(type: Work["type"], id: string, message: string): EngineEvent {
  switch (type) {
    case "sendMessage":
      return { type: "messageFailed", id, error: { code: 20500, message } };
    case "sendToFlex":
      return { type: "handedOver", id, outcome: "callFailure", variables: {}, reason: message };
    case "startConversation":
    case "resumeConversation":
      return { type: "conversationFailed", id, error: { code: 20500, message } };
    case "runFunction":
    case "makeRequest":
      return { type: "answered", id, response: null };
  }
}

/** How long the clock gives what waits from now on; null when it ends no wait. */
function secondsToWait(effects: readonly Effect[]): number | null {
  for (const effect of effects) {
    if (effect.type === "waitForReply") return effect.seconds;
    if (effect.type === "redirect" && effect.timeoutSeconds > 0) return effect.timeoutSeconds;
  }
  return null;
}

/** A Flow that cannot go on: an unknown widget, a transition to nowhere. The Execution ends and says why. */
function fail(
  twilio: Twilio,
  about: About,
  before: Run | null,
  event: EngineEvent,
  error: StudioError,
): void {
  const trigger = event.type === "started" ? event.trigger : "incomingRequest";
  const execution: Execution = {
    ...(before?.execution ?? neverRan(trigger)),
    status: "ended",
    waiting: null,
  };
  twilio.store.transaction(() => {
    const { code, message } = error;
    twilio.events.append("execution.failed", about.sid, about.flowSid, { code, message });
    saveRun(twilio, { ...about, execution, due: null, stepSid: null });
    const { context } = execution;
    end(
      twilio,
      about,
      event.type === "started" ? { ...context, trigger: event.start.trigger } : context,
      "failed",
    );
  });
}

function neverRan(trigger: TriggerEvent): Execution {
  const context = { flow: {}, contact: {}, trigger: {}, widgets: {} };
  return {
    status: "ended",
    trigger,
    context,
    state: "",
    waiting: null,
    gathered: {},
    step: null,
    steps: 0,
    repeats: 0,
  };
}

function insertExecution(twilio: Twilio, sid: string, flowSid: string, contactAddress: string): StoredObject {
  const now = twilio.clock.iso();
  return twilio.store.insert({
    token: tokens.execution,
    sid,
    parents: { FlowSid: flowSid },
    body: {
      sid,
      account_sid: twilio.settings.accountSid,
      flow_sid: flowSid,
      contact_channel_address: contactAddress,
      status: "active",
      date_created: now,
      date_updated: now,
    },
    hidden: {},
  });
}

function end(
  twilio: Twilio,
  { sid, flowSid, conversationSid }: About,
  context: Execution["context"],
  by: string,
): void {
  const stored = twilio.store.find(tokens.execution, sid);
  if (stored) {
    const body: Body = { ...stored.body, status: "ended", date_updated: twilio.clock.iso() };
    twilio.store.replace(tokens.execution, sid, body);
  }
  twilio.events.append("execution.ended", sid, flowSid, { by, conversationSid });
  twilio.services.voice.executionEnded(sid, incomingCallOf(context));
  if (conversationSid === null) return;
  twilio.services.conversations.executionEnded(conversationSid, flowSid, closesConversation(context));
}

/** When a wait that begins now is over: never later than the Execution's own end. */
function dueOf(twilio: Twilio, sid: string, seconds: number): number {
  return Math.min(twilio.clock.now() + seconds * 1000, endOfLife(twilio, sid));
}

function endOfLife(twilio: Twilio, sid: string): number {
  const created = twilio.store.find(tokens.execution, sid)?.body["date_created"];
  return (typeof created === "string" ? Date.parse(created) : twilio.clock.now()) + lifetimeMs;
}

/** Has the clock end a wait. A reply that came first has changed what the Execution waits for, and the engine lets the time-out pass. */
function arm(twilio: Twilio, { sid, due, execution }: Run): void {
  const { waiting } = execution;
  if (due === null || waiting === null) return;
  twilio.clock.at(due, () => {
    const isOver = twilio.clock.now() >= endOfLife(twilio, sid);
    tellRun(twilio, sid, isOver ? { type: "stopped" } : { type: "timedOut", id: waiting.effect });
  });
}
