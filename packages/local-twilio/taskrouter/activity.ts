/** What a Worker is doing, https://www.twilio.com/docs/taskrouter/api/activity */
import { text } from "../fields.ts";
import type { Body, StoredObject, Twilio } from "../product.ts";
import { tell } from "./events.ts";
import { workspaceOf } from "./state.ts";
import { tokens } from "./tokens.ts";

/** Puts a Worker into another Activity and tells of it; answers the Worker as it is now. */
export function moveWorker(twilio: Twilio, worker: StoredObject, activitySid: string): StoredObject {
  const activity = twilio.store.find(tokens.activity, activitySid);
  if (activity === undefined || worker.body["activity_sid"] === activitySid) return worker;
  const milliseconds = twilio.clock.now() - Date.parse(text(worker.body, "date_status_changed"));
  const moved = twilio.store.replace(tokens.worker, worker.sid, {
    ...worker.body,
    ...activityFields(activity),
    date_status_changed: twilio.clock.iso(),
    date_updated: twilio.clock.iso(),
  });
  tell(twilio, workspaceOf(worker), {
    type: "worker.activity.update",
    description: `Worker ${text(worker.body, "friendly_name")} is ${text(activity.body, "friendly_name")}`,
    resource: { type: "worker", sid: worker.sid },
    worker: moved,
    parameters: {
      WorkerPreviousActivitySid: text(worker.body, "activity_sid"),
      WorkerTimeInPreviousActivity: String(Math.floor(milliseconds / 1000)),
      WorkerTimeInPreviousActivityMs: String(milliseconds),
    },
  });
  return moved;
}

/** What a Worker shows of its Activity. */
export function activityFields(activity: StoredObject): Body {
  return {
    activity_sid: activity.sid,
    activity_name: text(activity.body, "friendly_name"),
    available: activity.body["available"] === true,
  };
}
