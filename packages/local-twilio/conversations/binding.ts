/**
 * The pair of addresses by which an SMS or WhatsApp participant takes part: their own, and the account's number they
 * write to. Checks and codes: https://www.twilio.com/docs/api/errors/50407 to 50416. A number of
 * the account may be a participant's own address, as its page asks for valid syntax alone.
 */
import { findOwnAddress } from "../api/addresses.ts";
import { parseAddress } from "../carrier/address.ts";
import { TwilioError } from "../errors.ts";
import { NotPlayed } from "../http/not-played.ts";
import type { Body, Twilio } from "../product.ts";

function groupTexting(): NotPlayed {
  return new NotPlayed(
    "parameter",
    "The local Twilio does not play group texting: a participant on a phone has an Address and a ProxyAddress, and no ProjectedAddress.",
    "https://www.twilio.com/docs/conversations-classic/group-texting",
  );
}

/** Reads the pair out of a create request; null for a chat participant. Throws what Twilio answers for a bad pair. */
export function readBinding(twilio: Twilio, input: Body): Body | null {
  const address = input["MessagingBinding.Address"];
  const proxy = input["MessagingBinding.ProxyAddress"];
  if (input["MessagingBinding.ProjectedAddress"] !== undefined) throw groupTexting();
  if (address === undefined && proxy === undefined) return null;
  if (typeof address !== "string" || typeof proxy !== "string") {
    throw new TwilioError(50420, {
      reason: "MessagingBinding.Address and MessagingBinding.ProxyAddress go together",
    });
  }
  if (address === "") throw new TwilioError(50411);
  if (proxy === "") throw new TwilioError(50412);
  const parsed = parseAddress(address);
  if (parsed === null || parsed.isShortCode) throw new TwilioError(50407);
  const parsedProxy = parseAddress(proxy);
  if (parsedProxy === null) throw new TwilioError(50408);
  if (address === proxy) throw new TwilioError(50409);
  if (parsed.channel !== parsedProxy.channel) throw new TwilioError(50414);
  if (!findOwnAddress(twilio, proxy)) throw new TwilioError(parsed.channel === "whatsapp" ? 50415 : 50413);
  return { type: parsed.channel, address, proxy_address: proxy };
}
