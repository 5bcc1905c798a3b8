/**
 * lookups.twilio.com: whether a number can be one, and what a seeded answer says of it. Nothing here knows who has a
 * number, so that a field beyond the basic ones needs a seeded answer: https://www.twilio.com/docs/lookup/v2-api
 */
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
      const number = given.startsWith("+")
        ? given
        : country === "US"
          ? `+1${given.replace(/\D/g, "")}`
          : given;
      const seeded = twilio.store.find(token, number)?.body;
      const fields = textOf(query["Fields"]).split(",").filter(Boolean);
      const missing = fields.filter((field) => seeded?.[field] === undefined);
      if (missing.length > 0) {
        const message = `Nobody here knows ${missing.join(", ")} of a number: seed it, POST /_local/v1/seed {"lookups": [{"phoneNumber": "${number}", "answer": {…}}]}.`;
        throw new NotPlayed("value", message, "https://www.twilio.com/docs/lookup/v2-api");
      }
      return { body: { ...basic(number, country), ...seeded } };
    },
  },
};

/** https://www.twilio.com/docs/lookup/v2-api#basic-lookup-example */
function basic(number: string, country: string): Body {
  const isNumber = /^\+[1-9]\d{7,14}$/.test(number);
  const isAmerican = /^\+1[2-9]\d{9}$/.test(number);
  const valid = number.startsWith("+1") ? isAmerican : isNumber;
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number) ?? [];
  return {
    calling_country_code: valid && isAmerican ? "1" : null,
    country_code: valid && isAmerican ? country : null,
    phone_number: number,
    national_format: area === undefined ? null : `(${area}) ${exchange ?? ""}-${line ?? ""}`,
    valid,
    validation_errors: valid ? [] : [number.length < 9 ? "TOO_SHORT" : "INVALID_BUT_POSSIBLE"],
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

export const lookups: Product = {
  name: "lookups",
  behaviours: { "twilio:lookups:PhoneNumber": phoneNumber },
};
