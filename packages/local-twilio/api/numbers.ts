/** The account's phone numbers and short codes. They are seeded; buying numbers is no part of the local Twilio. */
import type { Behaviour, Twilio } from "../product.ts";
import { TwilioError } from "../errors.ts";

const numberToken = "twilio:api:IncomingPhoneNumber";
const shortCodeToken = "twilio:api:ShortCode";

/** Stores a number with its defaults when the account does not have it. */
export function putNumber(
  twilio: Twilio,
  number: {
    readonly phoneNumber: string;
    readonly friendlyName?: string | undefined;
    readonly smsUrl?: string | undefined;
  },
): void {
  const { store, clock, settings } = twilio;
  if (store.list(numberToken, {}, { phone_number: number.phoneNumber }).length > 0) return;
  const sid = twilio.sid("PN");
  const now = clock.iso();
  store.insert({
    token: numberToken,
    sid,
    parents: { AccountSid: settings.accountSid },
    body: {
      sid,
      account_sid: settings.accountSid,
      address_requirements: "none",
      api_version: "2010-04-01",
      beta: false,
      capabilities: { voice: true, sms: true, mms: true, fax: false },
      date_created: now,
      date_updated: now,
      emergency_status: "Inactive",
      emergency_address_status: "unregistered",
      friendly_name: number.friendlyName ?? number.phoneNumber,
      origin: "twilio",
      phone_number: number.phoneNumber,
      sms_application_sid: "",
      sms_fallback_method: "POST",
      sms_fallback_url: "",
      sms_method: "POST",
      sms_url: number.smsUrl ?? "",
      status: "in-use",
      status_callback: "",
      status_callback_method: "POST",
      voice_application_sid: "",
      voice_caller_id_lookup: false,
      voice_fallback_method: "POST",
      voice_fallback_url: "",
      voice_method: "POST",
      voice_receive_mode: "voice",
      voice_url: "",
    },
    hidden: {},
  });
}

/** Stores a short code when the account does not have it. */
export function putShortCode(
  twilio: Twilio,
  code: { readonly shortCode: string; readonly smsUrl?: string | undefined },
): void {
  const { store, clock, settings } = twilio;
  if (store.list(shortCodeToken, {}, { short_code: code.shortCode }).length > 0) return;
  const sid = twilio.sid("SC");
  const now = clock.iso();
  store.insert({
    token: shortCodeToken,
    sid,
    parents: { AccountSid: settings.accountSid },
    body: {
      sid,
      account_sid: settings.accountSid,
      api_version: "2010-04-01",
      date_created: now,
      date_updated: now,
      friendly_name: code.shortCode,
      short_code: code.shortCode,
      sms_fallback_method: "POST",
      sms_fallback_url: "",
      sms_method: "POST",
      sms_url: code.smsUrl ?? "",
    },
    hidden: {},
  });
}

export const incomingPhoneNumber: Behaviour = {
  create() {
    throw new TwilioError(20001, {
      reason:
        "The local Twilio sells no numbers: add one with POST /_local/v1/seed {numbers: [{phoneNumber}]}",
    });
  },
};
