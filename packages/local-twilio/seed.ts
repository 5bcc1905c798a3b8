/** What the account owns before anybody calls: numbers, short codes, WhatsApp senders, API keys. Seeding twice changes nothing. */
import { putAccount } from "./api/account.ts";
import { putNumber, putShortCode } from "./api/numbers.ts";
import { putApiKey } from "./http/api-keys.ts";
import { putLookup, type SeededLookup } from "./lookups/index.ts";
import { putSender } from "./messaging/senders.ts";
import type { Twilio } from "./product.ts";
import { putCode, type SeededCode } from "./verify/index.ts";

export interface Seed {
  readonly numbers?:
    | readonly {
        readonly phoneNumber: string;
        readonly friendlyName?: string | undefined;
        readonly smsUrl?: string | undefined;
      }[]
    | undefined;
  readonly shortCodes?:
    readonly { readonly shortCode: string; readonly smsUrl?: string | undefined }[] | undefined;
  /** WhatsApp senders, `whatsapp:+15550100001`. */
  readonly senders?: readonly { readonly senderId: string; readonly name?: string | undefined }[] | undefined;
  /** What Lookup answers of a number beyond whether it can be one. */
  readonly lookups?: readonly SeededLookup[] | undefined;
  /** The codes that Verify sends to a number. */
  readonly verifyCodes?: readonly SeededCode[] | undefined;
  readonly apiKeys?: readonly { readonly sid: string; readonly secret: string }[] | undefined;
}

/** Nine fictional numbers and a WhatsApp sender, so that a stage has something to name. */
export const defaultSeed: Seed = {
  numbers: Array.from({ length: 9 }, (_, index) => ({ phoneNumber: `+1555010000${index + 1}` })),
  senders: [{ senderId: "whatsapp:+15550100001" }],
};

/** Adds what is missing. What is there already stays as it is, with the webhooks it was given since. */
export function applySeed(twilio: Twilio, seed: Seed): void {
  putAccount(twilio);
  for (const number of seed.numbers ?? []) putNumber(twilio, number);
  for (const shortCode of seed.shortCodes ?? []) putShortCode(twilio, shortCode);
  for (const sender of seed.senders ?? []) putSender(twilio, sender);
  for (const lookup of seed.lookups ?? []) putLookup(twilio, lookup);
  for (const code of seed.verifyCodes ?? []) putCode(twilio, code);
  for (const key of seed.apiKeys ?? []) putApiKey(twilio, key);
}
