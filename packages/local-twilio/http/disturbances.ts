/**
 * Disturbances on request: latency on every call and faults by rule, so that a client's retries can be tested. Set by
 * `control`; kept in memory, gone with a restart.
 */

export interface FaultRule {
  readonly id: number;
  readonly method?: string | undefined;
  /** Regular expressions. */
  readonly host?: string | undefined;
  readonly path?: string | undefined;
  /** How many calls it still hits; absent: all. */
  readonly times?: number | undefined;
  /** Chance for each matching call, drawn from `seed`, so that a run can be repeated. */
  readonly probability: number;
  readonly seed: number;
  readonly fault: Fault;
}

/**
 * What happens: an answer with this status instead of the call's, be the call done (`committed`) or not; a connection
 * cut before or after it was done; an answer that takes longer; a read that shows what was before a write.
 */
export type Fault =
  | {
      readonly status: 429 | 500 | 502 | 503 | 504;
      readonly retryAfter?: number | undefined;
      readonly committed?: boolean | undefined;
    }
  | { readonly delayMs: number }
  | { readonly staleSeconds: number }
  | "dropBefore"
  | "dropAfter";

export interface Disturbances {
  latencyMs: number;
  add(rule: Omit<FaultRule, "id">): FaultRule;
  rules(): readonly FaultRule[];
  clear(): void;
  /** The fault that hits this call, if any. */
  draw(method: string, host: string, path: string): Fault | null;
  /** Whether some rule serves stale reads, so that what was before a write has to be kept. */
  readonly servesStale: boolean;
}

/** Nothing is disturbed at first. */
export function openDisturbances(): Disturbances {
  let rules: (FaultRule & { left: number; random: () => number })[] = [];
  let id = 0;
  return {
    latencyMs: 0,
    add(rule) {
      const added = { ...rule, id: ++id, left: rule.times ?? Infinity, random: randomNumbers(rule.seed) };
      rules.push(added);
      return shown(added);
    },
    rules: () => rules.map(shown),
    clear() {
      rules = [];
    },
    draw(method, host, path) {
      for (const rule of rules) {
        if (rule.left <= 0 || (rule.method !== undefined && rule.method !== method)) continue;
        if (rule.host !== undefined && !new RegExp(rule.host).test(host)) continue;
        if (rule.path !== undefined && !new RegExp(rule.path).test(path)) continue;
        if (isStale(rule.fault) && method !== "GET") continue;
        if (rule.random() >= rule.probability) continue;
        rule.left -= 1;
        return rule.fault;
      }
      return null;
    },
    get servesStale() {
      return rules.some(({ left, fault }) => left > 0 && isStale(fault));
    },
  };
}

function isStale(fault: Fault): boolean {
  return typeof fault === "object" && "staleSeconds" in fault;
}

function shown(rule: FaultRule & { left: number }): FaultRule {
  const { id, method, host, path, times, probability, seed, fault } = rule;
  return {
    id,
    method,
    host,
    path,
    times: times === undefined ? undefined : rule.left,
    probability,
    seed,
    fault,
  };
}

/** Numbers from 0 to 1 by mulberry32: small, even enough, the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
