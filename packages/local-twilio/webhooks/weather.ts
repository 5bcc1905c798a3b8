/**
 * Bad weather for event callbacks: lost, twice, late and so in another order, as `control` asks for it. The network gives
 * no promise about any of it, so whoever listens has to stand it. Kept in memory, gone with a restart.
 */
import { randomNumbers } from "../http/disturbances.ts";
import type { Twilio } from "../product.ts";

export interface CallbackWeather {
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

interface Station {
  weather: CallbackWeather | null;
  random: () => number;
  counts: { sent: number; lost: number; twice: number; late: number };
}

const stations = new WeakMap<Twilio, Station>();
const calm = (): Station => ({
  weather: null,
  random: () => 1,
  counts: { sent: 0, lost: 0, twice: 0, late: 0 },
});

function stationOf(twilio: Twilio): Station {
  const station = stations.get(twilio) ?? calm();
  stations.set(twilio, station);
  return station;
}

/** Sets the weather, null for none; counting begins anew. */
export function setCallbackWeather(twilio: Twilio, weather: CallbackWeather | null): void {
  stations.set(twilio, {
    ...calm(),
    weather,
    random: weather === null ? () => 1 : randomNumbers(weather.seed),
  });
}

/** The weather, and what it did to event callbacks so far. */
export function callbackWeather(twilio: Twilio): {
  weather: CallbackWeather | null;
  counts: CallbackCounts;
} {
  const { weather, counts } = stationOf(twilio);
  return { weather, counts: { ...counts } };
}

/** Sends an event callback as the weather has it: `send` is called never, once or twice, now or when the clock is there. */
export function throughWeather(twilio: Twilio, type: string, send: () => void): void {
  const { weather, random, counts } = stationOf(twilio);
  counts.sent += 1;
  if (weather === null || !new RegExp(weather.events ?? "").test(type)) return send();
  // Three draws each, so that what happens to one does not shift what happens to the next.
  const [fate, isLate, delay] = [random(), random() < weather.late, random()];
  const later = (): void => {
    counts.late += 1;
    twilio.clock.at(twilio.clock.now() + delay * weather.lateSeconds * 1000, send);
  };
  if (fate < weather.lost) {
    counts.lost += 1;
    return;
  }
  if (fate < weather.lost + weather.twice) {
    counts.twice += 1;
    send();
    return isLate ? later() : send();
  }
  return isLate ? later() : send();
}
