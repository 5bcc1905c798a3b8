/** What is known of a call: its resource, and beside it what was said, what is asked and who rings. */
import type { CallEffect, CallEvent, JsonObject } from "@support-line/studio";
import type { StatementSync } from "node:sqlite";
import type { Body, Twilio } from "../product.ts";
import type { State } from "../state.ts";

export const callToken = "twilio:api:Call";

/** One thing that was said, played or pressed. */
export interface Line {
  /** ISO 8601. */
  readonly at: string;
  /** `twilio`, or the address of whoever it came from. */
  readonly from: string;
  readonly kind: "says" | "plays" | "tones" | "keys" | "note";
  readonly text: string;
}

/** What the call is asked for right now. */
export interface Asked {
  readonly effect: CallEffect;
  /** Keys so far, and what was spoken into a recording. */
  readonly keys: string;
  readonly heard: readonly string[];
  readonly attempts: number;
  /** When it is too late, in milliseconds since 1970. */
  readonly due: number | null;
}

export type CallStatus =
  "ringing" | "in-progress" | "completed" | "busy" | "no-answer" | "failed" | "canceled";

/** A call with one handset. Whoever is connected with it is on a call of their own, with `parentSid`. */
export interface VoiceCall {
  readonly sid: string;
  readonly handset: string;
  readonly from: string;
  readonly to: string;
  readonly direction: "inbound" | "outbound-api" | "outbound-dial";
  readonly status: CallStatus;
  readonly executionSid: string | null;
  readonly parentSid: string | null;
  /** The effect that made it: it is answered when the handset is. */
  readonly madeBy: string | null;
  readonly asked: Asked | null;
  /** The call that this one is connected with. */
  readonly connected: string | null;
  readonly ringsUntil: number | null;
  readonly answeredAt: number | null;
  readonly lines: readonly Line[];
  /** What the Execution has not been told yet. */
  readonly untold: readonly CallEvent[];
  /** What is played to whoever answers a call that the REST API started. */
  readonly plan?: CallPlan;
  /** Who is told how that call goes on. */
  readonly callback?: StatusCallback;
}

/** TwiML, or where it is had. */
export type CallPlan = { readonly twiml: string } | { readonly url: string; readonly method: "GET" | "POST" };

/** https://www.twilio.com/docs/voice/api/call-resource#statuscallback */
export interface StatusCallback {
  readonly url: string;
  readonly method: "GET" | "POST";
  /** `initiated`, `ringing`, `answered`, `completed`. */
  readonly events: readonly string[];
}

interface Statements {
  readonly put: StatementSync;
  readonly get: StatementSync;
  readonly ofExecution: StatementSync;
  readonly ofHandset: StatementSync;
  readonly ofParent: StatementSync;
  readonly unfinished: StatementSync;
  readonly answering: StatementSync;
  readonly setAnswering: StatementSync;
}

const statements: State<Statements> = {
  ofStore: false,
  open: ({ store: { database } }) => ({
    put: database.prepare(`
      insert into voice_calls (sid, handset, execution, parent, unfinished, call) values (?, ?, ?, ?, ?, ?)
      on conflict (sid) do update set execution = excluded.execution, unfinished = excluded.unfinished, call = excluded.call
    `),
    get: database.prepare("select call from voice_calls where sid = ?"),
    ofExecution: database.prepare(
      "select call from voice_calls where execution = ? and parent is null order by sequence desc limit 1",
    ),
    ofHandset: database.prepare("select call from voice_calls where handset = ? order by sequence"),
    ofParent: database.prepare("select call from voice_calls where parent = ? order by sequence"),
    unfinished: database.prepare("select call from voice_calls where unfinished = 1 order by sequence"),
    answering: database.prepare("select mode from voice_answering where handset = ?"),
    setAnswering: database.prepare("insert or replace into voice_answering values (?, ?)"),
  }),
};

function toCall(row: Record<string, unknown> | undefined): VoiceCall | undefined {
  return row && (JSON.parse(String(row["call"])) as VoiceCall);
}

/** Whether a call rings or is talked on. */
export function isLive({ status }: VoiceCall): boolean {
  return status === "ringing" || status === "in-progress";
}

/** Keeps a call as it is now, and its resource with it. */
export function saveCall(twilio: Twilio, call: VoiceCall): void {
  const unfinished = isLive(call) || call.untold.length > 0 ? 1 : 0;
  const json = JSON.stringify(call);
  twilio
    .state(statements)
    .put.run(call.sid, call.handset, call.executionSid, call.parentSid, unfinished, json);
  const stored = twilio.store.find(callToken, call.sid);
  if (!stored) {
    const parents = { AccountSid: twilio.settings.accountSid };
    twilio.store.insert({
      token: callToken,
      sid: call.sid,
      parents,
      body: newBody(twilio, call),
      hidden: {},
    });
    return;
  }
  if (stored.body["status"] === call.status) return;
  const now = twilio.clock.iso();
  const duration = call.answeredAt === null ? 0 : Math.round((twilio.clock.now() - call.answeredAt) / 1000);
  const times = isLive(call) ? { start_time: now } : { end_time: now, duration: String(duration) };
  const body = { ...stored.body, status: call.status, date_updated: now, ...times };
  twilio.store.replace(callToken, call.sid, body);
}

/** https://www.twilio.com/docs/voice/api/call-resource */
function newBody(twilio: Twilio, { sid, from, to, direction, status, parentSid }: VoiceCall): Body {
  const now = twilio.clock.iso();
  const { accountSid } = twilio.settings;
  return {
    sid,
    account_sid: accountSid,
    api_version: "2010-04-01",
    parent_call_sid: parentSid,
    from,
    from_formatted: from,
    to,
    to_formatted: to,
    direction,
    status,
    phone_number_sid: null,
    start_time: null,
    end_time: null,
    duration: null,
    price: null,
    price_unit: "USD",
    answered_by: null,
    annotation: null,
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: "0",
    trunk_sid: null,
    date_created: now,
    date_updated: now,
  };
}

/** A call by its SID. */
export function findCall(twilio: Twilio, sid: string): VoiceCall | undefined {
  return toCall(twilio.state(statements).get.get(sid));
}

/** The call that an Execution is on: the last that it made, or the one that started it. */
export function callOfExecution(twilio: Twilio, executionSid: string): VoiceCall | undefined {
  return toCall(twilio.state(statements).ofExecution.get(executionSid));
}

/** The calls of a handset, oldest first. */
export function callsOfHandset(twilio: Twilio, handset: string): VoiceCall[] {
  return twilio
    .state(statements)
    .ofHandset.all(handset)
    .flatMap((row) => toCall(row) ?? []);
}

/** The calls that were made to connect somebody with this one, oldest first. */
export function legsOf(twilio: Twilio, sid: string): VoiceCall[] {
  return twilio
    .state(statements)
    .ofParent.all(sid)
    .flatMap((row) => toCall(row) ?? []);
}

/** Calls that go on, or that an Execution has still to hear of. */
export function unfinishedCalls(twilio: Twilio): VoiceCall[] {
  return twilio
    .state(statements)
    .unfinished.all()
    .flatMap((row) => toCall(row) ?? []);
}

/** The account that a call is of. */
export function accountOfCall(twilio: Twilio, sid: string): Twilio {
  return twilio.accounts.all().find(({ store }) => store.find(callToken, sid)) ?? twilio;
}

/** The calls that wait in a queue for somebody to take them, oldest first. */
export function liveCallsInQueues(twilio: Twilio): VoiceCall[] {
  return unfinishedCalls(twilio).filter(
    (call) => isLive(call) && call.connected === null && call.asked?.effect.type === "enqueue",
  );
}

/** What a handset does when it rings. */
export const answeringModes = ["rings", "answers", "busy", "noAnswer", "failed"] as const;
export type Answering = (typeof answeringModes)[number];

/** What a handset does when it rings; unless it was told otherwise it rings until somebody answers. */
export function answeringOf(twilio: Twilio, handset: string): Answering {
  const mode = twilio.state(statements).answering.get(handset)?.["mode"];
  return answeringModes.find((known) => known === mode) ?? "rings";
}

/** Says what a handset does from now on when it rings. */
export function setAnswering(twilio: Twilio, handset: string, mode: Answering): void {
  twilio.state(statements).setAnswering.run(handset, mode);
}

/** What Twilio posts about a call, https://www.twilio.com/docs/voice/twiml#request-parameters */
export function callParameters(twilio: Twilio, call: VoiceCall): Record<string, string> {
  const { sid, from, to, status, direction } = call;
  const parameters: Record<string, string> = {
    AccountSid: twilio.settings.accountSid,
    ApiVersion: "2010-04-01",
    CallSid: sid,
    CallStatus: status,
    Called: to,
    Caller: from,
    Direction: direction,
    From: from,
    To: to,
  };
  for (const side of ["Called", "Caller", "From", "To"]) {
    for (const part of ["City", "State", "Zip"]) parameters[side + part] = "";
    parameters[`${side}Country`] = "US";
  }
  return parameters;
}

/** The same as an Execution keeps it, with more of the callback. */
export function callbackOf(twilio: Twilio, call: VoiceCall, more: JsonObject = {}): JsonObject {
  return { ...callParameters(twilio, call), ...more };
}
