/**
 * Whether the line is open, and when somebody is back: `{open, opens, seconds}`. A Conversation that waits for the
 * opening is kept open until then: its timers are set past it.
 */
import { DateTime, Duration } from "luxon";
import { forms } from "@support-line/functions/forms";
import { handlerOf } from "@support-line/functions/handler";
import { openingAt, readHours, sayMoment } from "@support-line/functions/variables-v1/hours";
import { lineKey, readList } from "@support-line/functions/variables-v1/lists";
import { nowOf } from "@support-line/functions/now";

/** An Execution lives 30 days (Studio FAQ); within them a customer who waits is looked after. */
const longestWait = 29 * 24 * 3600;

export const handler = handlerOf("check-hours", async (run) => {
  const { context, service, parameter, optional, variable } = run;
  const sid = parameter("conversationID", forms.conversation);
  const now = nowOf(run);
  const hours = readHours(readList(context, lineKey(parameter("line", forms.line), "HOURS")));
  if (hours === null) return { open: true, opens: "", seconds: 0 };
  const { open, opensAt } = openingAt(hours, now);
  if (open || opensAt === null) return { open, opens: "", seconds: longestWait };
  const seconds = Math.min(longestWait, Math.ceil(opensAt.diff(DateTime.fromMillis(now)).as("seconds")));
  await service.conversations(sid).update({
    "timers.inactive": longer(variable("INACTIVE_AFTER"), seconds),
    "timers.closed": longer(variable("CLOSED_AFTER"), seconds),
  });
  return { open, opens: sayMoment(opensAt, now, optional("language") ?? "en"), seconds };
});

/** A timer's usual duration, after `seconds` more. */
function longer(duration: string, seconds: number): string {
  return (
    Duration.fromISO(duration).plus({ seconds }).shiftTo("hours", "minutes", "seconds").toISO() ?? duration
  );
}
