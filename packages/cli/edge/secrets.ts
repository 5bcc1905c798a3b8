/** Secrets that this process knows, and texts without them: the last thing that happens to whatever is said of an error. */

/** Variables whose value opens something: TWILIO_AUTH_TOKEN, TWILIO_API_SECRET, GITHUB_TOKEN, PULUMI_ACCESS_TOKEN, … */
const secretName = /(TOKEN|SECRET|PASSWORD|PASSPHRASE)$/i;
/** Whose name goes before a secret in HTTP's Basic login. */
const userNames = ["TWILIO_ACCOUNT_SID", "TWILIO_API_KEY"];
/** A shorter value is likelier a word of the text than the secret. */
const shortest = 8;
const hidden = "[secret]";

const kept = new Map<string, Set<string>>();

/**
 * Has a secret left out of everything that the commands say from now on.
 *
 * @param users whoever may log in with it, as HTTP's Basic login writes them before it
 */
export function keepSecret(secret: string, users: readonly string[] = []): void {
  if (secret === "") return;
  const known = kept.get(secret) ?? new Set();
  for (const user of users) known.add(user);
  kept.set(secret, known);
}

/** How a header or a URL carries a login, whoever wrote it. */
const logins: readonly (readonly [RegExp, string])[] = [
  [/\b(Basic|Bearer)\s+[\w+/=.~-]{20,}/gi, `$1 ${hidden}`],
  [/(authorization["']?\s*[:=]\s*["']?)(?!Basic|Bearer)[^\s"',]+/gi, `$1${hidden}`],
  [/(\/\/)[^\s/@]+@/g, `$1${hidden}@`],
];

/** A text without the secrets of the environment and those that were kept: plain, in base64, or as part of a URL. */
export function withoutSecrets(
  text: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const users = userNames.flatMap((name) => environment[name] ?? []);
  const secrets = new Map([...kept].map(([secret, known]) => [secret, [...known, ...users]] as const));
  for (const [name, value = ""] of Object.entries(environment)) {
    if (secretName.test(name) && !secrets.has(value)) secrets.set(value, users);
  }
  const forms = [...secrets].flatMap(([secret, known]) => formsOf(secret, known));
  // The longest first, so that no part of one is left.
  const clean = forms
    .toSorted((one, other) => other.length - one.length)
    .reduce((left, form) => left.replaceAll(form, hidden), text);
  return logins.reduce((left, [login, instead]) => left.replace(login, instead), clean);
}

function formsOf(secret: string, users: readonly string[]): string[] {
  const encoded = users.flatMap((user) => base64(`${user}:${secret}`));
  if (secret.length < shortest) return encoded;
  return [secret, encodeURIComponent(secret), ...base64(secret), ...encoded];
}

/** Without its padding, which belongs to the whole and not to what stands inside of more. */
function base64(text: string): string[] {
  const bytes = Buffer.from(text);
  return [bytes.toString("base64").replace(/=+$/, ""), bytes.toString("base64url")];
}
