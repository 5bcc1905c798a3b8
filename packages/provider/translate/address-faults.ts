/**
 * Addresses that cannot be of the channel they are given for: Twilio's documents type them all as text, and Twilio
 * refuses a wrong one only after everything that comes before it is written.
 * https://www.twilio.com/docs/conversations-classic/api/address-configuration-resource
 */
import { reveal, Secret, type ValueMap } from "../values/value.ts";
import { valueAt } from "../values/place.ts";
import type { CheckFailure } from "./inputs-to-checked.ts";

interface Form {
  readonly pattern: RegExp;
  /** `must be …`, with an example. */
  readonly must: string;
}

const number: Form = {
  pattern: /^(?:\+[1-9]\d{6,14}|\d{3,8})$/,
  must: "a number in E.164 (+15550100001) or a short code",
};

/** How an address of a channel is written. Channels that are not here are Twilio's to judge. */
const forms: Readonly<Record<string, Form>> = {
  sms: number,
  whatsapp: { pattern: /^whatsapp:\+[1-9]\d{6,14}$/, must: "whatsapp: and a number (whatsapp:+15550100001)" },
  messenger: { pattern: /^messenger:.+$/, must: "messenger: and the id of a page (messenger:4711)" },
  rcs: { pattern: /^rcs:.+$/, must: "rcs: and the id of a sender (rcs:brand)" },
  email: { pattern: /^[^\s@]+@[^\s@]+$/, must: "an e-mail address" },
};

/** Which input says the channel of which address. */
const typed: Readonly<Record<string, { readonly type: string; readonly address: string }>> = {
  "twilio:conversations:AddressConfiguration": { type: "type", address: "address" },
};

/** Customer's and own address of one participant, which are of one channel. */
const paired: ReadonlySet<string> = new Set([
  "twilio:conversations:ConversationParticipant",
  "twilio:conversations:ServiceConversationParticipant",
]);

/** What is wrong with the addresses among checked inputs; a secret address is not said. Pure. */
export function addressFaults(token: string, inputs: ValueMap): CheckFailure[] {
  const pair = typed[token];
  if (pair !== undefined) return faultsOfType(inputs, pair.type, pair.address);
  return paired.has(token) ? faultsOfPair(inputs) : [];
}

function faultsOfType(inputs: ValueMap, typeName: string, addressName: string): CheckFailure[] {
  const [type, address] = [text(inputs, [typeName]), text(inputs, [addressName])];
  const form = type === undefined ? undefined : forms[type.toLowerCase()];
  if (type === undefined || address === undefined || form === undefined || form.pattern.test(address)) {
    return [];
  }
  const found = inputs[addressName] instanceof Secret ? "what it is (secret)" : address;
  const reason = `${addressName} of type ${type.toLowerCase()} must be ${form.must}, not ${found}.`;
  return [{ property: addressName, reason }];
}

function faultsOfPair(inputs: ValueMap): CheckFailure[] {
  const [theirs, ours] = ["address", "proxyAddress"].map((name) => text(inputs, ["messagingBinding", name]));
  if (theirs === undefined || ours === undefined) return [];
  const [one, other] = [channelOf(theirs), channelOf(ours)];
  if (one === other) return [];
  const reason = `messagingBinding.proxyAddress is of channel ${other} and messagingBinding.address of ${one}: both must be of one channel (whatsapp:+15550100001 for WhatsApp, the number alone for SMS).`;
  return [{ property: "messagingBinding.proxyAddress", reason }];
}

function channelOf(address: string): string {
  return /^([a-z]+):/.exec(address)?.[1] ?? "sms";
}

/** The text at a path; undefined where there is none, or none yet. */
function text(inputs: ValueMap, path: readonly string[]): string | undefined {
  const value = reveal(valueAt(inputs, path) ?? null);
  return typeof value === "string" ? value : undefined;
}
