/**
 * Twilio's names → the program's. Requests write `FriendlyName`, responses `friendly_name`, path parameters
 * `ServiceSid`, programs `friendlyName` and `serviceSid`; a dot nests, `AutoCreation.Enabled` → `autoCreation.enabled`. Where requests
 * are JSON they write as responses do.
 */

/** The path a request parameter's value has in a program's inputs. */
export function inputPath(wireName: string): readonly string[] {
  return wireName.split(".").map((name) => (/^[a-z]/.test(name) ? fromSnake(name) : fromPascal(name)));
}

/** A path parameter's or one name's place in a program's inputs. */
export function fromPascal(name: string): string {
  // "URL", "SMSUrl" and "A2PProfile" begin with a run of capitals, of which the last belongs to the next word.
  const capitals = /^[A-Z][A-Z0-9]*/.exec(name)?.[0] ?? "";
  const lower = capitals.length === name.length ? name.length : Math.max(1, capitals.length - 1);
  return name.slice(0, lower).toLowerCase() + name.slice(lower).replace(/[^A-Za-z0-9]/g, "");
}

/** A response property's name in a program's outputs. */
export function fromSnake(name: string): string {
  return name
    .replace(/[_.-]+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase())
    .replace(/^[A-Z]/, (first) => first.toLowerCase());
}

/** Names that are plural already, or have none. */
const alike = /^(BrandRegistrations|CredentialAws|Knowledge|UsAppToPerson)$/;

/** Several of a resource: `Flow` → `Flows`, `Activity` → `Activities`, `Knowledge` → `AllKnowledge`. */
export function manyOf(name: string): string {
  if (alike.test(name)) return `All${name}`;
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}
