/** Which addresses are the account's own: what may be a proxy address, a sender, or the address of a configuration. */
import { textOf } from "../json.ts";
import type { StoredObject, Twilio } from "../product.ts";

/**
 * The number, short code or channel sender behind an address (`+15550100001`, `55501`, `whatsapp:+15550100001`), or
 * undefined when it is not one of the account's.
 */
export function findOwnAddress(twilio: Twilio, address: string): StoredObject | undefined {
  const { store } = twilio;
  if (/^[a-z]+:/.test(address)) {
    return store.list("twilio:messaging:ChannelsSender", {}, { sender_id: address })[0];
  }
  if (address.startsWith("+")) {
    return store.list("twilio:api:IncomingPhoneNumber", {}, { phone_number: address })[0];
  }
  return store.list("twilio:api:ShortCode", {}, { short_code: address })[0];
}

/** The account that has an address; undefined where none has. */
export function ownerOf({ accounts }: Twilio, address: string): Twilio | undefined {
  return accounts.all().find((twilio) => findOwnAddress(twilio, address) !== undefined);
}

/** All of them, numbers first. */
export function ownAddresses({ store }: Twilio): string[] {
  const all = (token: string, property: string): string[] =>
    store.list(token).map(({ body }) => textOf(body[property]));
  return [
    ...all("twilio:api:IncomingPhoneNumber", "phone_number"),
    ...all("twilio:api:ShortCode", "short_code"),
    ...all("twilio:messaging:ChannelsSender", "sender_id"),
  ];
}
