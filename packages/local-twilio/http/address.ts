/**
 * Which of Twilio's hosts a request means. Three ways lead here: a path whose first part is the host
 * (`/serverless.twilio.com/v1/Services`), the HTTPS proxy (the TLS connection knows its host), and a plain-HTTP
 * proxy request with an absolute URL.
 */

export type Address =
  | { readonly kind: "twilio"; readonly host: string; readonly path: string }
  | { readonly kind: "control"; readonly path: string }
  | { readonly kind: "foreign"; readonly host: string }
  | { readonly kind: "none" };

/** The hosts that the local Twilio stands in for. */
export const twilioHosts = /^(?:[a-z0-9-]+\.)+(?:twilio\.com|twil\.io)$/;

/** Whether the local Twilio stands in for this host. */
export function isTwilioHost(host: string): boolean {
  return twilioHosts.test(host);
}

/**
 * Resolves a request target. `tunnel` is the host that a proxied TLS connection was opened to, null outside one;
 * `own` the port of this server, which a client may also reach through itself.
 */
export function addressOf(target: string, tunnel: string | null, own: number): Address {
  if (tunnel !== null) return { kind: "twilio", host: tunnel, path: target };
  const absolute = /^https?:\/\/([^/:?#]+)(?::(\d+))?([^#]*)/i.exec(target);
  if (absolute) {
    const host = (absolute[1] ?? "").toLowerCase();
    const path = withSlash(absolute[3] ?? "");
    if (isLoopback(host) && Number(absolute[2]) === own) return addressOf(path, null, own);
    if (!isTwilioHost(host)) return { kind: "foreign", host };
    return { kind: "twilio", host, path };
  }
  const prefixed = /^\/([^/?#]+)([^#]*)/.exec(target);
  const first = (prefixed?.[1] ?? "").toLowerCase();
  const rest = withSlash(prefixed?.[2] ?? "");
  if (isTwilioHost(first)) return { kind: "twilio", host: first, path: rest };
  if (first === "_local") return { kind: "control", path: target };
  return { kind: "none" };
}

/** `api.dublin.ie1.twilio.com` and `api.ie1.twilio.com` are `api.twilio.com` in another region; here all are one. */
export function withoutRegion(host: string): string {
  return host.replace(/^([a-z0-9-]+)\.(?:[a-z0-9-]+\.){1,2}twilio\.com$/, "$1.twilio.com");
}

/** Whether a Host or Origin header names this machine: a page of another site must not reach the local Twilio by a DNS trick. */
export function isLoopback(hostHeader: string): boolean {
  const host = hostHeader
    .replace(/^https?:\/\//, "")
    .replace(/:\d+$/, "")
    .toLowerCase();
  return (
    host === "localhost" ||
    host.endsWith(".localhost") ||
    host === "[::1]" ||
    /^127(?:\.\d{1,3}){3}$/.test(host)
  );
}

function withSlash(path: string): string {
  return path.startsWith("/") ? path : `/${path}`;
}
