import { randomBytes } from "node:crypto";

/** A new SID: a prefix of two letters and 32 hexadecimal digits. */
export function newSid(prefix: string): string {
  return prefix + randomBytes(16).toString("hex");
}

/** Whether `text` is a SID, with this prefix when one is given. */
export function isSid(text: string, prefix?: string): boolean {
  return /^[A-Z]{2}[0-9a-fA-F]{32}$/.test(text) && (prefix === undefined || text.startsWith(prefix));
}
