/** Steps of an Execution, https://www.twilio.com/docs/studio/rest-api/v2/step, each with the trace that the engine gave. */
import type { Context, StepTrace, Turn } from "@support-line/studio";
import { text } from "../fields.ts";
import type { Behaviour, Body, Json, StoredObject, Twilio } from "../product.ts";
import type { Run } from "./runs.ts";
import { tokens } from "./tokens.ts";

/** Keeps the steps of a turn and says so; a step that goes on replaces what was kept of it. Answers the SID of the last one. */
export function keepSteps(twilio: Twilio, run: Run, trace: Turn["trace"]): string | null {
  let last = run.stepSid;
  for (const { continued, ...step } of trace) {
    const kept = continued ? replaceStep(twilio, run, last, step) : insertStep(twilio, run, step);
    last = kept.sid;
    if (!continued) {
      twilio.events.append("step.entered", kept.sid, run.sid, {
        state: step.state,
        type: step.type,
        event: step.event,
        from: step.from,
        flowSid: run.flowSid,
        conversationSid: run.conversationSid,
      });
    }
    if (!step.left) continue;
    twilio.events.append("step.left", kept.sid, run.sid, {
      state: step.state,
      type: step.type,
      event: step.left.event,
      to: step.left.to,
      flowSid: run.flowSid,
      conversationSid: run.conversationSid,
      changed: changes(step.before, step.after),
      templates: jsonOf(step.templates),
      conditions: jsonOf(step.conditions),
    });
  }
  return last;
}

/** The trace of an Execution, first step first; undefined when there is no such Execution. */
export function readSteps(twilio: Twilio, executionSid: string): Body[] | undefined {
  if (!twilio.store.find(tokens.execution, executionSid)) return undefined;
  return twilio.store
    .list(tokens.step, { ExecutionSid: executionSid })
    .map(({ sid, body, hidden }) => ({ sid, at: body["date_created"] ?? null, ...hidden }));
}

function insertStep(twilio: Twilio, run: Run, step: StepTrace): StoredObject {
  const sid = twilio.sid("FT");
  const now = twilio.clock.iso();
  return twilio.store.insert({
    token: tokens.step,
    sid,
    parents: { FlowSid: run.flowSid, ExecutionSid: run.sid },
    body: {
      sid,
      account_sid: twilio.settings.accountSid,
      flow_sid: run.flowSid,
      execution_sid: run.sid,
      parent_step_sid: null,
      name: step.event,
      type: step.type,
      transitioned_from: step.from === "" ? step.state : step.from,
      transitioned_to: destinationOf(step),
      date_created: now,
      date_updated: step.left ? now : null,
    },
    hidden: jsonOf(step),
  });
}

function replaceStep(twilio: Twilio, run: Run, sid: string | null, step: StepTrace): StoredObject {
  const last = sid === null ? undefined : twilio.store.find(tokens.step, sid);
  if (!last) return insertStep(twilio, run, step);
  return twilio.store.replace(
    tokens.step,
    last.sid,
    { ...last.body, transitioned_to: destinationOf(step), date_updated: twilio.clock.iso() },
    jsonOf(step),
  );
}

/** The widget that follows; `Ended` after the last one, null while it waits. */
function destinationOf({ left }: StepTrace): string | null {
  return left ? (left.to ?? "Ended") : null;
}

/** What a step changed of the context, two levels down: `{widgets: {name: …}}`, `{flow: {variables: …}}`. */
function changes(before: Context, after: Context): Body {
  const changed: Body = {};
  for (const root of ["flow", "contact", "trigger", "widgets"] as const) {
    const entries = Object.entries(after[root]).filter(([key, value]) => value !== before[root][key]);
    if (entries.length > 0) changed[root] = jsonOf(Object.fromEntries(entries));
  }
  return changed;
}

/** The engine's values are JSON whose types say more. */
function jsonOf<Value extends object>(value: Value): Value extends readonly unknown[] ? Json[] : Body;
function jsonOf(value: object): Json {
  return value as Json;
}

/** Shown with the context that the step left behind. */
export const executionStep: Behaviour = {
  show: (_, { body, hidden }) => ({ ...body, context: hidden["after"] ?? {} }),
};

export const executionStepContext: Behaviour = {
  initial({ twilio, accountSid, path }) {
    const step = twilio.store.find(tokens.step, path["StepSid"] ?? "");
    return {
      account_sid: accountSid,
      flow_sid: path["FlowSid"] ?? null,
      execution_sid: path["ExecutionSid"] ?? null,
      step_sid: step ? text(step.body, "sid") : null,
      context: step?.hidden["after"] ?? {},
    };
  },
};
