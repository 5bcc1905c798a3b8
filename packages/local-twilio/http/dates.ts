/** The two ways in which Twilio writes dates: ISO 8601 (v1, v2) and RFC 2822 (the API of 2010). Stored is the first. */

/** `Tue, 01 Sep 2026 12:00:00 +0000` */
export function rfc2822(iso: string): string {
  return new Date(iso).toUTCString().replace("GMT", "+0000");
}
