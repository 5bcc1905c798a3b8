/** Some of the differences, by a seed, and a local Twilio with them. */
import type { RawRequest, RawResponse, Switches } from "@support-line/local-twilio";
import type { Difference } from "./changes.ts";
import { differences } from "./differences.ts";

/** Picks by a seed: at least one of every kind, in all so many. */
export function pick(seed: number, count: number): Difference[] {
  let state = seed;
  // Mulberry32.
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const shuffled = differences
    .map((difference) => ({ difference, at: random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ difference }) => difference);
  const first = [...Map.groupBy(shuffled, ({ kind }) => kind).values()].flatMap(([one]) => one ?? []);
  return [...new Set([...first, ...shuffled])].slice(0, count);
}

/** Options of a local Twilio that differs in all of these. */
export function differing(chosen: readonly Difference[]) {
  const rewrites = chosen.flatMap(({ open }) => (open === undefined ? [] : [open()]));
  return {
    switches: Object.assign({}, ...chosen.map((each) => each.switches ?? {})) as Partial<Switches>,
    rewrite: (request: RawRequest, response: RawResponse): RawResponse =>
      rewrites.reduce((answer, rewrite) => rewrite(request, answer), response),
  };
}
