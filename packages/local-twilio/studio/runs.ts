/** Executions as the engine keeps them: one row each, with the revision it runs on and, while it waits, until when. */
import type { Execution } from "@support-line/studio";
import type { StatementSync } from "node:sqlite";
import type { Twilio } from "../product.ts";
import type { State } from "../state.ts";

/** Who an Execution is for, within its Flow: a Conversation, or the address of a person. */
export interface Run {
  readonly sid: string;
  readonly flowSid: string;
  /** The Conversation's SID, else the contact's address: one active Execution for each. */
  readonly contact: string;
  readonly conversationSid: string | null;
  readonly revision: number;
  readonly execution: Execution;
  /** When a wait for a reply is over; null when it waits for nobody. */
  readonly due: number | null;
  /** The step it came to last. */
  readonly stepSid: string | null;
}

interface Statements {
  readonly upsert: StatementSync;
  readonly bySid: StatementSync;
  readonly activeOf: StatementSync;
  readonly active: StatementSync;
  readonly remove: StatementSync;
  readonly removeFlow: StatementSync;
}

const statements: State<Statements> = {
  ofStore: false,
  open: ({ store: { database } }) => ({
    upsert: database.prepare("insert or replace into studio_executions values (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
    bySid: database.prepare("select * from studio_executions where sid = ?"),
    activeOf: database.prepare(
      "select * from studio_executions where active = 1 and (flow = ? and contact = ? or flow = ? and conversation = ?)",
    ),
    active: database.prepare("select * from studio_executions where active = 1"),
    remove: database.prepare("delete from studio_executions where sid = ?"),
    removeFlow: database.prepare("delete from studio_executions where flow = ?"),
  }),
};

/** Keeps a run as it is now. */
export function saveRun(twilio: Twilio, run: Run): void {
  const { sid, flowSid, contact, conversationSid, revision, execution, due, stepSid } = run;
  const isActive = execution.status === "active" ? 1 : 0;
  const json = JSON.stringify(execution);
  const { upsert } = twilio.state(statements);
  upsert.run(sid, flowSid, contact, conversationSid, revision, isActive, json, due, stepSid);
}

/** A run by the SID of its Execution. */
export function findRun(twilio: Twilio, sid: string): Run | undefined {
  return toRun(twilio.state(statements).bySid.get(sid));
}

/** The active run of a Flow with a contact, or in a Conversation that it has opened. */
export function findActiveRun(twilio: Twilio, flowSid: string, contact: string): Run | undefined {
  return toRun(twilio.state(statements).activeOf.get(flowSid, contact, flowSid, contact));
}

/** Every active run. */
export function activeRuns(twilio: Twilio): Run[] {
  return twilio
    .state(statements)
    .active.all()
    .flatMap((row) => toRun(row) ?? []);
}

/** Forgets a run. */
export function removeRun(twilio: Twilio, sid: string): void {
  twilio.state(statements).remove.run(sid);
}

/** Forgets the runs of a Flow that is deleted. */
export function dropRuns(twilio: Twilio, flowSid: string): void {
  twilio.state(statements).removeFlow.run(flowSid);
}

function toRun(row: Record<string, unknown> | undefined): Run | undefined {
  if (!row) return undefined;
  const { conversation, due, step } = row;
  return {
    sid: String(row["sid"]),
    flowSid: String(row["flow"]),
    contact: String(row["contact"]),
    conversationSid: typeof conversation === "string" ? conversation : null,
    revision: Number(row["revision"]),
    execution: JSON.parse(String(row["execution"])) as Execution,
    due: due === null ? null : Number(due),
    stepSid: typeof step === "string" ? step : null,
  };
}
