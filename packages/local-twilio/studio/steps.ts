/** Steps of an Execution, https://www.twilio.com/docs/studio/rest-api/v2/step, each with the trace that the engine gave. */
import type { Context, StepTrace, Turn } from "@support-line/studio";
import { text } from "../fields.ts";
import type { Behaviour, Body, Json, StoredObject, Twilio } from "../product.ts";
import type { Run } from "./runs.ts";
import { tokens } from "./tokens.ts";

/** The SIDs of an Execution's steps by their numbers: those that are stored, and those that a turn is about to store. */
export class StepSids {
  readonly #known = new Map<number, string>();
  readonly #twilio: Twilio;
  readonly #executionSid: string;

  /** @param last the step that the Execution came to last */
  constructor(twilio: Twilio, executionSid: string, last: string | null) {
    this.#twilio = twilio;
    this.#executionSid = executionSid;
    const stored = last === null ? undefined : twilio.store.find(tokens.step, last);
    if (stored) this.#learn(stored);
  }

  sidOf(number: number): string {
    const known = this.#known.get(number);
    if (known !== undefined) return known;
    const sid = this.#twilio.sid("FT");
    this.#known.set(number, sid);
    return sid;
  }

  /** The SID of a step of an earlier turn, or of this one. */
  storedSidOf(number: number): string {
    if (!this.#known.has(number)) {
      const all = this.#twilio.store.list(tokens.step, { ExecutionSid: this.#executionSid });
      for (const step of all) this.#learn(step);
    }
    return this.sidOf(number);
  }

  #learn({ sid, body, hidden }: StoredObject): void {
    const { number, parent } = hidden;
    const parentSid = body["parent_step_sid"];
    if (typeof number === "number") this.#known.set(number, sid);
    if (typeof parent === "number" && typeof parentSid === "string") this.#known.set(parent, parentSid);
  }
}

/** Keeps the steps of a turn and says so; a step that goes on replaces what was kept of it. Answers the SID of the last one. */
export function keepSteps(twilio: Twilio, run: Run, trace: Turn["trace"], sids: StepSids): string | null {
  let last = run.stepSid;
  for (const { continued, ...step } of trace) {
    const kept = continued ? replaceStep(twilio, run, sids, step) : insertStep(twilio, run, sids, step);
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

function insertStep(twilio: Twilio, run: Run, sids: StepSids, step: StepTrace): StoredObject {
  const sid = sids.sidOf(step.number);
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
      parent_step_sid: step.parent === undefined ? null : sids.storedSidOf(step.parent),
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

function replaceStep(twilio: Twilio, run: Run, sids: StepSids, step: StepTrace): StoredObject {
  const last = twilio.store.find(tokens.step, sids.storedSidOf(step.number));
  if (!last) return insertStep(twilio, run, sids, step);
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
