import { expect, test } from "vitest";
import { programs } from "./programs.ts";
import { programDeployments } from "./protocol.ts";

/** A few of the hundreds that `npm run bench -- faults` tries; with program and seed, a failure comes again. */
const seeds = Array.from({ length: 4 }, (_, index) => index + 1);

test.each([
  ["with its journal", false],
  ["on a machine that has lost its journal", true],
])(
  "%s: desks, replacements, moves, renames, things left out and imports: one clean up with refresh makes both sides agree",
  { timeout: 300_000 },
  async (_, losesHome) => {
    const over = await programDeployments(programs, seeds, losesHome);
    expect(over.filter(({ problems }) => problems.length > 0)).toEqual([]);
    expect(over).toHaveLength(programs.length * seeds.length);
    expect(over.some(({ failed }) => failed > 0)).toBe(true);
    expect(over.some(({ died }) => died)).toBe(true);
    // With a journal, what a dead engine left and the next version leaves out is deleted or named.
    if (!losesHome) expect(over.some(({ left = 0 }) => left > 0)).toBe(true);
  },
);
