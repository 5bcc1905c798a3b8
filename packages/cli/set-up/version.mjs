const byNumber = new Intl.Collator("en", { numeric: true });

/**
 * Whether a version is at least another: `isAtLeast("3.251.0", "3.250.0")`.
 *
 * @param {string} version numbers between dots, as many as in the other
 * @param {string} least
 */
export function isAtLeast(version, least) {
  return byNumber.compare(version, least) >= 0;
}
