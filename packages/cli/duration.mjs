/**
 * A duration for people: `0.4 s`, `41 s`, `4 min 31 s`.
 *
 * @param {number} ms milliseconds
 */
export function duration(ms) {
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
