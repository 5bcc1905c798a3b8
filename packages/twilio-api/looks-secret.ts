/** Keys of what nobody else should read. */
const keys =
  /(^|[^a-z])(auth|token|secret|passw(or)?d|pwd|passphrase|credentials?|private|signing|bearer|(api|access|account|app|encryption)_?keys?|dsn|webhook_?url|connection_?string)([^a-z]|$)/i;
/** Values that can only be one, whatever they are called: keys of well-known services, PEM, JWT, and URLs with a password. */
const values =
  /^(SG\.[\w-]{16,}|sk[-_](live|test|proj)?[\w-]{16,}|xox[abprs]-|gh[pousr]_\w{20,}|AKIA[0-9A-Z]{16}|eyJ[\w-]{8,}\.[\w-]{8,}\.|-----BEGIN [A-Z ]*PRIVATE KEY)|^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]+:[^/\s@]+@/;
/** Twilio's auth tokens and API secrets: hexadecimal digits or letters and digits alone, 32 of them. */
const bare = /^(?=.*\d)(?=.*[A-Za-z])[0-9A-Za-z]{32,}$/;
/** A SID names something and opens nothing. */
const sid = /^[A-Z]{2}[0-9a-f]{32}$/;

/**
 * Whether a Variable is most likely a secret, by its name or by what it looks like. Rather too often than too seldom: what
 * is kept encrypted works the same.
 */
export function looksSecret(key: string, value: string): boolean {
  if (sid.test(value)) return false;
  const words = key.replace(/([a-z\d])([A-Z])/g, "$1_$2");
  return keys.test(words) || values.test(value) || bare.test(value);
}

/** What stands between quotes, long enough to be a key. */
const literal = /"([^"\\\n]{16,})"|'([^'\\\n]{16,})'|`([^`\\\n$]{16,})`/g;

/** Lines, from 1, of a source in which a secret stands in plain text, as far as that shows. */
export function secretLines(source: string): number[] {
  return source.split("\n").flatMap((line, at) => {
    const texts = [...line.matchAll(literal)].map(([, a, b, c]) => a ?? b ?? c ?? "");
    return texts.some((text) => looksSecret("", text)) ? [at + 1] : [];
  });
}
