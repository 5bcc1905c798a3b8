/**
 * What a resource shows of another that it names: a Messaging Service's number its country, a Trunk's list its name. Live
 * accounts answer so, and no input says any of it.
 */
import { countryOf } from "../carrier/country.ts";
import { textOf } from "../json.ts";
import type { Body, Json, Twilio } from "../product.ts";

type Shown = Readonly<Record<string, (named: Body) => Json>>;

interface Reference {
  /** Inputs that name the other, by SID; a number too may be named by itself. */
  readonly inputs: readonly string[];
  readonly of: string;
  readonly shows: Shown;
}

const of =
  (name: string) =>
  (named: Body): Json =>
    named[name] ?? null;

/** `["SMS", "MMS", "Voice"]`, as Messaging writes what others write as an object. */
function capabilityNames({ capabilities }: Body): Json {
  const has = (name: string): boolean =>
    typeof capabilities === "object" &&
    capabilities !== null &&
    !Array.isArray(capabilities) &&
    capabilities[name] === true;
  const names = [
    ["sms", "SMS"],
    ["mms", "MMS"],
    ["voice", "Voice"],
  ] as const;
  return names.flatMap(([name, shown]) => (has(name) ? [shown] : []));
}

const numberToken = "twilio:api:IncomingPhoneNumber";
const country = ({ phone_number }: Body): Json => countryOf(textOf(phone_number)) || null;
const all = (names: readonly string[]): Shown => Object.fromEntries(names.map((name) => [name, of(name)]));

const credentialList: Reference = {
  inputs: ["CredentialListSid"],
  of: "twilio:api:SipCredentialList",
  shows: all(["friendly_name"]),
};
const accessList: Reference = {
  inputs: ["IpAccessControlListSid"],
  of: "twilio:api:SipIpAccessControlList",
  shows: all(["friendly_name"]),
};

const references: Readonly<Record<string, Reference>> = {
  "twilio:messaging:PhoneNumber": {
    inputs: ["PhoneNumberSid"],
    of: numberToken,
    shows: { phone_number: of("phone_number"), country_code: country, capabilities: capabilityNames },
  },
  "twilio:messaging:ShortCode": {
    inputs: ["ShortCodeSid"],
    of: "twilio:api:ShortCode",
    shows: { short_code: of("short_code"), country_code: () => "US", capabilities: () => ["SMS"] },
  },
  "twilio:messaging:ChannelSender": {
    inputs: ["Sid"],
    of: "twilio:messaging:ChannelsSender",
    shows: { sender: of("sender_id"), sender_type: () => "WhatsApp" },
  },
  "twilio:proxy:PhoneNumber": {
    inputs: ["Sid", "PhoneNumber"],
    of: numberToken,
    shows: { ...all(["sid", "phone_number", "friendly_name", "capabilities"]), iso_country: country },
  },
  "twilio:trunking:PhoneNumber": {
    inputs: ["PhoneNumberSid"],
    of: numberToken,
    shows: all([
      ...["phone_number", "friendly_name", "capabilities", "address_requirements", "api_version", "beta"],
      ...["sms_application_sid", "sms_fallback_method", "sms_fallback_url", "sms_method", "sms_url"],
      ...["status_callback", "status_callback_method", "voice_application_sid", "voice_caller_id_lookup"],
      ...["voice_fallback_method", "voice_fallback_url", "voice_method", "voice_url"],
    ]),
  },
  "twilio:trunking:CredentialList": credentialList,
  "twilio:trunking:IpAccessControlList": accessList,
  "twilio:api:SipAuthCallsCredentialListMapping": credentialList,
  "twilio:api:SipAuthRegistrationsCredentialListMapping": credentialList,
  "twilio:api:SipCredentialListMapping": credentialList,
  "twilio:api:SipAuthCallsIpAccessControlListMapping": accessList,
  "twilio:api:SipIpAccessControlListMapping": accessList,
};

/** What a new resource shows of the one that its request names; nothing where that one is not there. */
export function shownOfReferenced({ store }: Twilio, token: string, input: Body): Body {
  const reference = references[token];
  if (reference === undefined) return {};
  const wanted = reference.inputs.map((name) => textOf(input[name])).find((name) => name !== "") ?? "";
  const named = wanted.startsWith("+")
    ? store.list(reference.of, {}, { phone_number: wanted })[0]
    : store.find(reference.of, wanted);
  if (named === undefined) return {};
  return Object.fromEntries(
    Object.entries(reference.shows).map(([name, value]) => [name, value(named.body)]),
  );
}
