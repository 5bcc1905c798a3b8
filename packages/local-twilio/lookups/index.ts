/**
 * lookups.twilio.com: whether a number can be one, and what a seeded answer says of it. Nothing here knows who has a
 * number, so that a field beyond the basic ones needs a seeded answer: https://www.twilio.com/docs/lookup/v2-api
 */
import {
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
  type ValidatePhoneNumberLengthResult,
} from "libphonenumber-js/min";
import { countryOf } from "../carrier/country.ts";
import { NotPlayed } from "../http/not-played.ts";
import { textOf } from "../json.ts";
import type { Behaviour, Body, Product, Twilio } from "../product.ts";

const token = "local:Lookup";

/** What is seeded of a number: properties as the answer has them, `{line_type_intelligence: {type: "mobile"}}`. */
export interface SeededLookup {
  readonly phoneNumber: string;
  readonly answer: Body;
}

/** Keeps a seeded answer, in the place of an earlier one. */
export function putLookup({ store }: Twilio, { phoneNumber, answer }: SeededLookup): void {
  if (store.find(token, phoneNumber)) store.replace(token, phoneNumber, answer);
  else store.insert({ token, sid: phoneNumber, parents: {}, body: answer, hidden: {} });
}

const phoneNumber: Behaviour = {
  instead: {
    fetch({ twilio, path, query }) {
      const given = path["PhoneNumber"] ?? "";
      const country = textOf(query["CountryCode"]) || "US";
      const number = given.startsWith("+") ? given : (international(given, country) ?? given);
      const seeded = twilio.store.find(token, number)?.body;
      const fields = textOf(query["Fields"]).split(",").filter(Boolean);
      const missing = fields.filter((field) => seeded?.[field] === undefined);
      if (missing.length > 0) {
        const message = `Nobody here knows ${missing.join(", ")} of a number: seed it, POST /_local/v1/seed {"lookups": [{"phoneNumber": "${number}", "answer": {…}}]}.`;
        throw new NotPlayed("value", message, "https://www.twilio.com/docs/lookup/v2-api");
      }
      return { body: { ...basic(number), ...seeded } };
    },
  },
};

/** A number as its country writes it, with its country's code before it; undefined for what is no number. */
function international(given: string, country: string): string | undefined {
  return isSupportedCountry(country) ? parsePhoneNumberFromString(given, country)?.number : undefined;
}

/** https://www.twilio.com/docs/lookup/v2-api#basic-lookup-example */
function basic(number: string): Body {
  const parsed = parsePhoneNumberFromString(number);
  const wrong = validatePhoneNumberLength(number);
  // Fictional numbers are in no country's plan: one of the right length may be one, in America with an area code.
  const valid = parsed !== undefined && wrong === undefined && !/^\+1[01]/.test(number);
  return {
    calling_country_code: valid ? parsed.countryCallingCode : null,
    country_code: valid ? countryOf(number) : null,
    phone_number: number,
    national_format: valid ? parsed.formatNational() : null,
    valid,
    validation_errors: valid ? [] : [errorOf(wrong)],
    caller_name: null,
    sim_swap: null,
    call_forwarding: null,
    line_status: null,
    line_type_intelligence: null,
    identity_match: null,
    reassigned_number: null,
    sms_pumping_risk: null,
    phone_number_quality_score: null,
    pre_fill: null,
    url: `https://lookups.twilio.com/v2/PhoneNumbers/${number}`,
  };
}

/** https://www.twilio.com/docs/lookup/v2-api#response-properties, which calls one of them otherwise than the library does */
function errorOf(wrong: ValidatePhoneNumberLengthResult | undefined): string {
  return wrong === "INVALID_COUNTRY" ? "INVALID_COUNTRY_CODE" : (wrong ?? "INVALID_BUT_POSSIBLE");
}

export const lookups: Product = {
  name: "lookups",
  behaviours: { "twilio:lookups:PhoneNumber": phoneNumber },
};
