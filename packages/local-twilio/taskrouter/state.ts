/** A Task as it goes through its queues: what no response shows, and how it is changed. */
import { text } from "../fields.ts";
import type { Body, StoredObject, Twilio } from "../product.ts";
import { tokens } from "./tokens.ts";
import type { Route, Target } from "./configuration.ts";

/** Kept beside a Task. */
export interface Progress {
  /** The filter whose targets it goes through. */
  readonly route: Route | null;
  /** Where it goes when it skips all of them. */
  readonly otherwise: readonly Route[];
  /** Which of the route's targets it is at. */
  readonly at: number;
  /** When it came onto the route; milliseconds since 1970. */
  readonly enteredAt: number;
  /** When it leaves that target, and when it is given up; milliseconds since 1970, 0: never. */
  readonly leavesAt: number;
  readonly expiresAt: number;
  /** When TaskRouter deletes it by itself; 0: not yet known. */
  readonly deletedAt: number;
  /** How often it was offered to somebody. */
  readonly asked: number;
  /** How often it changed. */
  readonly version: number;
}

/** How a Task stands. */
export function progressOf(task: StoredObject): Progress {
  const {
    route = null,
    otherwise = [],
    at = 0,
    enteredAt = 0,
    leavesAt = 0,
    expiresAt = 0,
    deletedAt = 0,
    asked = 0,
    version = 0,
  } = task.hidden as Partial<Progress>;
  return { route, otherwise, at, enteredAt, leavesAt, expiresAt, deletedAt, asked, version };
}

/** The target that a Task is at. */
export function targetOf(task: StoredObject): Target | undefined {
  const { route, at } = progressOf(task);
  return route?.targets[at];
}

/** The one Worker that a Task is for, past its Workflow. */
export function knownWorkerOf(task: StoredObject): string | null {
  const target = text(task.body, "routing_target");
  return target.startsWith("WK") ? target : null;
}

/** Stores a change of a Task. */
export function change(
  twilio: Twilio,
  task: StoredObject,
  body: Body,
  progress: Partial<Progress> = {},
): StoredObject {
  const now = progressOf(task);
  const hidden = { ...now, ...progress, version: now.version + 1 };
  return twilio.store.replace(
    tokens.task,
    task.sid,
    { ...task.body, ...body, date_updated: twilio.clock.iso() },
    JSON.parse(JSON.stringify(hidden)) as Body,
  );
}

/** A Task as it is stored now; undefined when it is gone. */
export function taskNow(twilio: Twilio, sid: string): StoredObject | undefined {
  return twilio.store.find(tokens.task, sid);
}

export const workspaceOf = (object: StoredObject): string => text(object.body, "workspace_sid");
export const statusOf = (task: StoredObject): string => text(task.body, "assignment_status");
