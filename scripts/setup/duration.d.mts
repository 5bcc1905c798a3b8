/** A duration for people, of milliseconds: `0.4 s`, `41 s`, `4 min 31 s`. */
export function duration(ms: number): string;
