import { isPossiblePhoneNumber } from "libphonenumber-js/min";

export type Channel = "sms" | "whatsapp";
/** What a line is reached by. */
export type LineChannel = Channel | "voice";

const whatsappPrefix = "whatsapp:";

/** The channel that an address belongs to: `whatsapp:+…` or, for everything else, SMS. */
export function channelOf(address: string): Channel {
  return address.startsWith(whatsappPrefix) ? "whatsapp" : "sms";
}

const examples: Readonly<Record<LineChannel, string>> = {
  sms: '"+15550100001"',
  voice: '"+15550100001"',
  whatsapp: '"whatsapp:+15550100001"',
};

/**
 * What is wrong with an address of a channel, in a sentence that says how to write it, or null when nothing is.
 * SMS takes E.164 numbers and short codes, WhatsApp takes `whatsapp:` and an E.164 number, calls an E.164 number.
 *
 * @param value as the stage file's YAML gave it; `+15550100001` without quotes arrives as the number 15550100001
 */
export function addressFault(channel: LineChannel, value: unknown): string | null {
  const example = `write it like ${examples[channel]}`;
  if (typeof value === "number" || (typeof value === "string" && /^\d{9,}$/.test(value))) {
    return `is digits without a plus, most likely a YAML number without quotes; ${example}`;
  }
  if (typeof value !== "string") return `is not an address; ${example}`;
  if (channel === "sms" && /^\d{3,8}$/.test(value)) return null;
  if ((channelOf(value) === "whatsapp") !== (channel === "whatsapp")) {
    return `is ${channelOf(value) === "sms" ? "not a WhatsApp address" : `a WhatsApp address, and this channel is ${channel}`}; ${example}`;
  }
  const number = value.slice(channel === "whatsapp" ? whatsappPrefix.length : 0);
  if (!/^\+[1-9]\d{6,14}$/.test(number)) return `is not an E.164 number; ${example}`;
  if (!isPossiblePhoneNumber(number)) return `has a length that no number of its country has; ${example}`;
  return null;
}

/**
 * Whether a number is one of those set aside for fiction and tests: +1 (any area) 555 01xx, +1 555 01…, and
 * Twilio's own test numbers +1 500 555 xxxx. Nobody has them, so a real stage that names one has not been filled in.
 */
export function isFictional(address: string): boolean {
  return /\+1(555010\d{4}|500555\d{4}|\d{3}55501\d{2})$/.test(address);
}
