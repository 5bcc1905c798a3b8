/** Addresses of the channels that the carrier serves: SMS (numbers and short codes) and WhatsApp. */

/** An address taken apart. */
export interface Address {
  readonly channel: "sms" | "whatsapp";
  /** Without the channel's prefix. */
  readonly number: string;
  readonly isShortCode: boolean;
}

/** Reads `+15550100201`, `55501` or `whatsapp:+15550100201`; null for anything else. */
export function parseAddress(text: string): Address | null {
  const [, prefix, number = ""] = /^(?:(whatsapp):)?(\+?\d+)$/.exec(text) ?? [];
  const channel = prefix === undefined ? "sms" : "whatsapp";
  if (/^\+[1-9]\d{6,14}$/.test(number)) return { channel, number, isShortCode: false };
  if (channel === "sms" && /^\d{3,8}$/.test(number)) return { channel, number, isShortCode: true };
  return null;
}

/** Enough of an address to recognise it in a log or an event of ours: channel and the last four digits. */
export function maskAddress(address: string): string {
  return address.replace(/\d(?=\d{4})/g, "•");
}
