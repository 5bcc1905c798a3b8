/**
 * Which sender of a Messaging Service a message goes out by, https://www.twilio.com/docs/messaging/services: the one that
 * the recipient last wrote to or got a message from (Sticky Sender), else the first of the pool for the recipient's channel.
 */
import { findOwnAddress } from "../api/addresses.ts";
import { carrierTables } from "../carrier/tables.ts";
import { TwilioError } from "../errors.ts";
import { textOf } from "../json.ts";
import type { StoredObject, Twilio } from "../product.ts";

const service = "twilio:messaging:Service";

/** The resources of a pool, with what they name and the property that says its address. */
const pools = [
  ["twilio:messaging:PhoneNumber", "twilio:api:IncomingPhoneNumber", "phone_number"],
  ["twilio:messaging:ShortCode", "twilio:api:ShortCode", "short_code"],
  ["twilio:messaging:ChannelSender", "twilio:messaging:ChannelsSender", "sender_id"],
] as const;

/**
 * The sender.
 *
 * @throws TwilioError 21701 when there is no such Service, 21703 when its pool has nobody for this recipient
 */
export function senderFor(twilio: Twilio, serviceSid: string, to: string): string {
  if (!twilio.store.find(service, serviceSid)) throw new TwilioError(21701);
  const channel = /^([a-z]+):/.exec(to)?.[1] ?? "";
  const senders = addressesOf(twilio, serviceSid).filter(
    (address) => (/^([a-z]+):/.exec(address)?.[1] ?? "") === channel,
  );
  const [first] = senders;
  if (first === undefined) throw new TwilioError(21703);
  const last = carrierTables(twilio).history(to, 1).at(-1);
  const spokenWith = last === undefined ? "" : last.isFromHandset ? last.message.to : last.message.from;
  return senders.includes(spokenWith) ? spokenWith : first;
}

/** The Messaging Service whose pool an address of the account's is in. */
export function poolOf(twilio: Twilio, address: string): StoredObject | undefined {
  const own = findOwnAddress(twilio, address);
  if (own === undefined) return undefined;
  for (const [pool] of pools) {
    const [inPool] = twilio.store.list(pool, {}, { sid: own.sid });
    if (inPool !== undefined) return twilio.store.find(service, inPool.parents["ServiceSid"] ?? "");
  }
  return undefined;
}

/** The addresses of a pool that are the account's. */
function addressesOf(twilio: Twilio, serviceSid: string): string[] {
  const { store } = twilio;
  return pools.flatMap(([pool, resource, property]) =>
    store.list(pool, { ServiceSid: serviceSid }).flatMap(({ body }) => {
      const address = textOf(store.find(resource, textOf(body["sid"]))?.body[property]);
      return findOwnAddress(twilio, address) ? [address] : [];
    }),
  );
}
