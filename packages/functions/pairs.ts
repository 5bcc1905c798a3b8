/**
 * Pairs of participant and proxy address. Twilio lets a pair be in one open Conversation only and refuses a second with
 * 50416; its message names the Conversation that holds the pair (https://www.twilio.com/docs/api/errors/50416).
 */
import { codeOf } from "./handler.ts";

const pairInUse = 50416;

/** Whether a create was refused because an open Conversation holds the pair; and which one, when the refusal names it. */
export function holderOfPair(error: unknown): { readonly conversation: string | undefined } | null {
  if (codeOf(error) !== pairInUse) return null;
  const [conversation] = /\bCH[0-9a-fA-F]{32}\b/.exec(error instanceof Error ? error.message : "") ?? [];
  return { conversation };
}

/** The channel of an address; both addresses of a pair are of one channel. */
export function channelOf(address: string): "sms" | "whatsapp" {
  return address.startsWith("whatsapp:") ? "whatsapp" : "sms";
}
