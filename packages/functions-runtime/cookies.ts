/** What Twilio does to the cookies of a response, https://www.twilio.com/docs/serverless/functions-assets/functions/headers-and-cookies/limitations */
const day = 24 * 60 * 60;

/**
 * A `Set-Cookie` value as it leaves Twilio: `HttpOnly` and `Secure` added where they are missing, and a `Domain`
 * replaced by the Environment's own. Null when the cookie is to live longer than a day, which Twilio answers with 400.
 *
 * @param now the time, in milliseconds since 1970
 */
export function issuedCookie(cookie: string, domain: string, now: number): string | null {
  const [pair = "", ...given] = cookie.split(";").map((part) => part.trim());
  const names = given.map((attribute) => nameOf(attribute));
  if ((lifetime(given, now) ?? 0) > day) return null;
  const kept = given.map((attribute) => (nameOf(attribute) === "domain" ? `Domain=${domain}` : attribute));
  const added = ["HttpOnly", "Secure"].filter((attribute) => !names.includes(attribute.toLowerCase()));
  return [pair, ...kept, ...added].join(";");
}

/** How long a cookie lives, in seconds; undefined for one of the session. `Max-Age` goes before `Expires`. */
function lifetime(attributes: readonly string[], now: number): number | undefined {
  const maxAge = valueOf(attributes, "max-age");
  if (maxAge !== undefined) return Number(maxAge);
  const expires = Date.parse(valueOf(attributes, "expires") ?? "");
  return Number.isNaN(expires) ? undefined : (expires - now) / 1000;
}

function valueOf(attributes: readonly string[], name: string): string | undefined {
  return attributes.find((attribute) => nameOf(attribute) === name)?.replace(/^[^=]*=\s*/, "");
}

function nameOf(attribute: string): string {
  return (attribute.split("=")[0] ?? "").trim().toLowerCase();
}
