/**
 * Whether a version is at least another, part by part: `isAtLeast("3.251.0", "3.250.0")`.
 *
 * @param {string} version
 * @param {string} least
 */
export function isAtLeast(version, least) {
  const parts = version.split(".").map(Number);
  for (const [at, part] of least.split(".").map(Number).entries()) {
    const own = parts[at] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}
