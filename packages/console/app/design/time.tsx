/** Times and durations, as people read them. The time is the local Twilio's, in this machine's zone. */
import { useEffect, useState, type ReactNode } from "react";
import { current } from "../state/store.ts";

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const exact = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** `14:03` */
export function timeOfDay(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? "" : clock.format(time);
}

/** `14:03:22`, with the day in front when it is another. */
export function momentOf(at: string): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return "";
  const now = Date.now() + current().ahead;
  const isToday = day.format(time) === day.format(now);
  return isToday ? exact.format(time) : `${day.format(time)}, ${clock.format(time)}`;
}

/** `3 h 59 min`, `12 s`, `40 ms`. */
export function durationOf(ms: number): string {
  if (ms < 0.5) return "under 1 ms";
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} days`;
}

/** The time of the local Twilio, anew every second. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now() + current().ahead);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now() + current().ahead), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** How long it still takes until then: `in 3 h 59 min`. */
export function Until({ at }: { readonly at: string }): ReactNode {
  const now = useNow();
  const left = Date.parse(at) - now;
  return (
    <time dateTime={at} title={momentOf(at)}>
      {left > 0 ? `in ${durationOf(left)}` : "now"}
    </time>
  );
}
