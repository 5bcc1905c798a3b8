import { randomNumbers } from "../../e2e/random.ts";

/** Every kind of fault that the local Twilio knows, quick enough to be had by the thousand. */
const kinds = [
  { status: 429, retryAfter: 0 },
  { status: 500 },
  { status: 500, committed: true },
  { status: 502, committed: true },
  { status: 503, retryAfter: 0 },
  { status: 504 },
  { delayMs: 15 },
  { staleSeconds: 0.15 },
  "dropBefore",
  "dropAfter",
] as const;

/** A rule as `POST /_local/v1/faults` takes it. */
export interface Rule {
  readonly probability: number;
  readonly seed: number;
  readonly fault: (typeof kinds)[number];
}

/** The most of all calls that a fault hits. */
export const worst = 0.2;

/**
 * The faults of one deployment: some kinds of faults, which together hit up to a share of all calls.
 *
 * @param most the largest share
 */
export function faultRulesOf(seed: number, most = worst): Rule[] {
  const random = randomNumbers(seed);
  const chosen = kinds.filter(() => random() < 0.5);
  return rules(chosen, random() * most, random);
}

/** Faults that no patience outlasts: a create that is lost three times and was never done fails. */
export function severeRulesOf(seed: number): Rule[] {
  const random = randomNumbers(seed);
  const undone: readonly Rule["fault"][] = [{ status: 500 }, "dropBefore"];
  const done: readonly Rule["fault"][] = [{ status: 500, committed: true }, { status: 504 }, "dropAfter"];
  return rules([...undone, ...done.filter(() => random() < 0.5)], 0.8 + random() * 0.15, random);
}

function rules(chosen: readonly Rule["fault"][], share: number, random: () => number): Rule[] {
  const each = share / Math.max(1, chosen.length);
  return chosen.map((fault) => ({ probability: each, seed: Math.floor(random() * 2 ** 31), fault }));
}
