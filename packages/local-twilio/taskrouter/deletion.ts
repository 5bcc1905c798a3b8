/**
 * Tasks do not stay: those that are over are deleted five minutes later without a word, those that somebody has had for
 * a day with `task.system-deleted`. https://www.twilio.com/docs/taskrouter/lifecycle-task-state
 */
import type { StoredObject, Twilio } from "../product.ts";
import { tell } from "./events.ts";
import { progressOf, statusOf, taskNow, workspaceOf } from "./state.ts";
import { tokens } from "./tokens.ts";

const minute = 60_000;

/** When a Task that ends now is deleted. */
export const afterItsEnd = (twilio: Twilio): number => twilio.clock.now() + 5 * minute;

/** When a Task that somebody takes now is deleted, unless it is completed before. */
export const afterADay = (twilio: Twilio): number => twilio.clock.now() + 24 * 60 * minute;

/** Has the clock come back to a Task when it is to be deleted; `freed` is called when somebody had it until then. */
export function armDeletion(twilio: Twilio, task: StoredObject, freed: () => void): void {
  const at = progressOf(task).deletedAt;
  if (at > 0) twilio.clock.at(at, () => due(twilio, task.sid, freed));
}

function due(twilio: Twilio, sid: string, freed: () => void): void {
  const task = taskNow(twilio, sid);
  if (task === undefined) return;
  const { deletedAt } = progressOf(task);
  if (deletedAt === 0 || deletedAt > twilio.clock.now()) return;
  const isOver = ["completed", "canceled"].includes(statusOf(task));
  twilio.store.remove(tokens.task, sid);
  if (isOver) return;
  tell(twilio, workspaceOf(task), {
    type: "task.system-deleted",
    description: `Task ${sid} was assigned for a day`,
    task,
  });
  freed();
}
