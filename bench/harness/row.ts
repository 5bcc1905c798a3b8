/** One line of a benchmark's table. */
export interface Row {
  /** What was measured: `no-op up, 100 ms latency`. */
  readonly what: string;
  readonly value: number;
  readonly unit: "ms" | "s" | "calls" | "MB" | "/s" | "";
  /** The measure to reach (docs/reference/bench.md); absent where there is none. */
  readonly atMost?: number;
}

/** What a file in `bench/` exports as `measure`: its rows, measured one after the other. */
export type Measure = (progress: (text: string) => void) => Promise<readonly Row[]>;

/** Whether a row reaches its measure; undefined when it has none. */
export function isReached({ value, atMost }: Row): boolean | undefined {
  return atMost === undefined ? undefined : value <= atMost;
}

/**
 * A percentile of samples, by nearest rank.
 *
 * @param part 0.5 for the median
 */
export function percentile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? NaN;
}
