/**
 * A Conversation's timers (https://www.twilio.com/docs/conversations-classic/states-timers): it is inactive, then closed, so
 * long after the last that happened in it.
 */
import { Duration } from "luxon";
import type { Clock } from "./clock.ts";
import type { Room } from "./room.ts";

const forget = new WeakMap<Room, () => void>();

/** Begins the timers of a Conversation again, by what its fields say. */
export function closeWhenDue(room: Room, clock: Clock): void {
  forget.get(room)?.();
  if (!room.isOpen) return;
  const stops = (["inactive", "closed"] as const).flatMap((state) => {
    const duration = Duration.fromISO(room.fields[`timers.${state}`] ?? "");
    if (!duration.isValid) return [];
    return [
      clock.in(duration.as("seconds"), () => {
        room.fields["state"] = state;
        return Promise.resolve();
      }),
    ];
  });
  room.fields["state"] = "active";
  forget.set(room, () => {
    for (const stop of stops) stop();
  });
}
