/**
 * Faults of event callbacks: lost, twice, late and so in another order, as `control` asks for it. The network gives
 * no promise about any of it, so whoever listens has to stand it. Kept in memory, gone with a restart or a reset.
 */
import { randomNumbers } from "../http/disturbances.ts";
import type { Twilio } from "../product.ts";
import type { State } from "../state.ts";

export interface CallbackFaults {
  /** A regular expression over the event's type; absent: all of them. */
  readonly events?: string | undefined;
  /** How likely each is; whatever remains arrives once and now. One that comes twice may come late as well. */
  readonly lost: number;
  readonly twice: number;
  readonly late: number;
  /** How long a late one, or the second of two, takes at most. */
  readonly lateSeconds: number;
  /** The same draws for the same seed. */
  readonly seed: number;
}

export interface CallbackCounts {
  readonly sent: number;
  readonly lost: number;
  readonly twice: number;
  readonly late: number;
}

interface Kept {
  faults: CallbackFaults | null;
  random: () => number;
  counts: { sent: number; lost: number; twice: number; late: number };
}

const none = (): Kept => ({
  faults: null,
  random: () => 1,
  counts: { sent: 0, lost: 0, twice: 0, late: 0 },
});

const kept: State<Kept> = { ofStore: true, open: none };

/** Sets the faults, null for none; counting begins anew. */
export function setCallbackFaults(twilio: Twilio, faults: CallbackFaults | null): void {
  const random = faults === null ? () => 1 : randomNumbers(faults.seed);
  Object.assign(twilio.state(kept), none(), { faults, random });
}

/** The faults, and what they did to event callbacks so far. */
export function callbackFaults(twilio: Twilio): { faults: CallbackFaults | null; counts: CallbackCounts } {
  const { faults, counts } = twilio.state(kept);
  return { faults, counts: { ...counts } };
}

/** Sends an event callback, unless a fault hits it: `send` is called never, once or twice, now or when the clock is there. */
export function sendWithFaults(twilio: Twilio, type: string, send: () => void): void {
  const { faults, random, counts } = twilio.state(kept);
  counts.sent += 1;
  if (faults === null || !new RegExp(faults.events ?? "").test(type)) return send();
  // Three draws each, so that what happens to one does not shift what happens to the next.
  const [fate, isLate, delay] = [random(), random() < faults.late, random()];
  const later = (): void => {
    counts.late += 1;
    twilio.clock.at(twilio.clock.now() + delay * faults.lateSeconds * 1000, send);
  };
  if (fate < faults.lost) {
    counts.lost += 1;
    return;
  }
  if (fate < faults.lost + faults.twice) {
    counts.twice += 1;
    send();
    return isLate ? later() : send();
  }
  return isLate ? later() : send();
}
