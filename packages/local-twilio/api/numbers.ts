/** The account's phone numbers and short codes. They are seeded, or bought. */
import { ownerOf } from "./addresses.ts";
import { text } from "../fields.ts";
import { textOf } from "../json.ts";
import type { Behaviour, Body, StoredObject, Twilio } from "../product.ts";
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
  const { store, settings } = twilio;
  if (store.list(numberToken, {}, { phone_number: number.phoneNumber }).length > 0) return;
  const sid = twilio.sid("PN");
  store.insert({
    token: numberToken,
    sid,
    parents: { AccountSid: settings.accountSid },
    body: numberBody(twilio, sid, number),
    hidden: {},
  });
}

function numberBody(
  { settings, clock }: Twilio,
  sid: string,
  number: {
    readonly phoneNumber: string;
    readonly friendlyName?: string | undefined;
    readonly smsUrl?: string | undefined;
  },
): Body {
  const now = clock.iso();
  return {
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
    friendly_name: number.friendlyName ?? formatted(number.phoneNumber),
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
  };
}

/** A number as people of its country write it: Twilio calls a new one so. Elsewhere than in North America it stays as it is. */
function formatted(phoneNumber: string): string {
  return phoneNumber.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3");
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

/**
 * A number that is bought is there at once: the one that is asked for, or a fictional one of the area. A number that
 * the account has is sold to nobody, https://www.twilio.com/docs/api/errors/21422
 */
export const incomingPhoneNumber: Behaviour = {
  create({ twilio, input }, { sid, body }) {
    const isTaken = (number: string) => ownerOf(twilio, number) !== undefined;
    const given = text(input, "PhoneNumber");
    const number = given === "" ? freeNumber(text(input, "AreaCode") || "202", isTaken) : given;
    if (number === undefined || isTaken(number)) throw new TwilioError(21422, { number: number ?? "" });
    return {
      body: {
        ...numberBody(twilio, sid, { phoneNumber: number }),
        ...Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== "")),
        phone_number: number,
        origin: "twilio",
        status: "in-use",
      },
    };
  },
  update({ twilio }, _, draft) {
    const accountSid = textOf(draft["account_sid"]);
    if (twilio.accounts.find(accountSid) === undefined) {
      throw new TwilioError(20001, { reason: `AccountSid '${accountSid}' is not an account of this owner` });
    }
    return { body: draft };
  },
  updated: ({ twilio }, _, number) => handOver(twilio, number),
};

/** A number goes to another account of the same owner: https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
function handOver(twilio: Twilio, { token, sid, body, hidden }: StoredObject): void {
  const accountSid = textOf(body["account_sid"]);
  const other = twilio.accounts.find(accountSid);
  if (other === undefined || other === twilio) return;
  twilio.store.transaction(() => {
    twilio.store.remove(token, sid);
    other.store.insert({ token, sid, parents: { AccountSid: accountSid }, body, hidden });
  });
}

/** The fictional numbers of an area are +1 … 555 0100 to 0199. */
function freeNumber(area: string, isTaken: (number: string) => boolean): string | undefined {
  const numbers = Array.from({ length: 100 }, (_, last) => `+1${area}55501${String(last).padStart(2, "0")}`);
  return numbers.find((number) => !isTaken(number));
}
