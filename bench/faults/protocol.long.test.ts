import { expect, test } from "vitest";
import { deployments } from "./protocol.ts";

/** A few of the thousand that `npm run bench -- faults` tries; with the seed it says, a failure comes again. */
const seeds = Array.from({ length: 30 }, (_, index) => index + 1);

test(
  "whatever fails on the way, one clean up with refresh makes both sides agree",
  { timeout: 60_000 },
  async () => {
    const over = await deployments(seeds, 4);
    expect(over.filter(({ problems }) => problems.length > 0)).toEqual([]);
    // DeliveryFaults in which nothing ever fails, and engines that never die, would prove nothing.
    expect(over.some(({ faults }) => faults > 0)).toBe(true);
    expect(over.some(({ failed }) => failed > 0)).toBe(true);
    expect(over.some(({ died }) => died)).toBe(true);
  },
);
