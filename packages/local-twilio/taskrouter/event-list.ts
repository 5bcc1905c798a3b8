/** Events as they are looked up, https://www.twilio.com/docs/taskrouter/api/event: those of the last minutes unless dates are given. */
import { inner, text } from "../fields.ts";
import { textOf } from "../json.ts";
import type { Behaviour, Body, Call, Json } from "../product.ts";

const usualMinutes = 15;

/** Parameters that name something of an Event's data, or of the Event itself. */
const kept: Readonly<Record<string, string>> = {
  TaskSid: "task_sid",
  TaskQueueSid: "task_queue_sid",
  TaskChannel: "task_channel_unique_name",
  WorkerSid: "worker_sid",
  WorkflowSid: "workflow_sid",
  ReservationSid: "reservation_sid",
  EventType: "event_type",
  Sid: "sid",
};

export const event: Behaviour = {
  list({ twilio, query }: Call, objects) {
    const { from, to } = period(query, twilio.clock.now());
    const asked = Object.entries(kept).filter(([name]) => textOf(query[name]) !== "");
    return objects
      .filter(({ body }) => {
        const at = Date.parse(text(body, "event_date"));
        const data = inner(body, "event_data");
        return at >= from && at <= to && asked.every(([name, property]) => data[property] === query[name]);
      })
      .reverse();
  },
};

/** The time that is asked for: the last minutes unless dates are given. Milliseconds since 1970. */
export function period(query: Body, now: number): { from: number; to: number } {
  const date = (value: Json | undefined): number => Date.parse(textOf(value));
  const [start, end] = [date(query["StartDate"]), date(query["EndDate"])];
  const minutes = Number(textOf(query["Minutes"])) || usualMinutes;
  const from = Number.isNaN(start) ? (Number.isNaN(end) ? now - minutes * 60_000 : 0) : start;
  return { from, to: Number.isNaN(end) ? now : end };
}
