/**
 * Numbers that can be bought, by country and kind, https://www.twilio.com/docs/phone-numbers/api/availablephonenumber-resource.
 * Those of the United States and Canada are fictional ones (555 01xx); elsewhere they are of the country's form. None
 * that the account has is among them.
 */
import { getCountries, getCountryCallingCode, getExampleNumber } from "libphonenumber-js/min";
import type { CountryCode } from "libphonenumber-js/min";
import examples from "libphonenumber-js/mobile/examples";
import { notFound } from "../http/engine.ts";
import { renderObject } from "../http/render.ts";
import { text } from "../fields.ts";
import { textOf } from "../json.ts";
import type { Behaviour, Body, Call, StoredObject } from "../product.ts";

const mostFound = 30;

/** The kinds, with the area codes of the United States that each has where a search names none. */
const kinds = {
  Local: "202",
  Mobile: "202",
  TollFree: "800",
  National: "202",
  SharedCost: "202",
  Voip: "202",
  MachineToMachine: "202",
} as const;

const countryNames = new Intl.DisplayNames(["en"], { type: "region" });

const isCountry = (code: string): code is CountryCode => (getCountries() as string[]).includes(code);

function countryBody(code: string): Body {
  return { country_code: code, country: countryNames.of(code) ?? code, beta: false };
}

const stored = (body: Body, sid: string, parents: StoredObject["parents"]): StoredObject => ({
  token: "",
  sid,
  parents,
  body,
  hidden: {},
  sequence: 0,
});

function shownCountry({ twilio, resource, path }: Call, code: string): Body {
  const found = stored(countryBody(code), code, { AccountSid: path["AccountSid"] ?? "" });
  return renderObject(twilio, resource, countries, found);
}

const countries: Behaviour = {
  instead: {
    // The one list of the API of 2010 that comes whole, without pages.
    list: (call) => ({
      body: {
        countries: getCountries().map((code) => shownCountry(call, code)),
        uri: `/2010-04-01/Accounts/${call.path["AccountSid"] ?? ""}/AvailablePhoneNumbers.json`,
      },
    }),
    fetch(call) {
      const code = call.path["CountryCode"] ?? "";
      if (!isCountry(code)) throw notFound(call);
      return { body: shownCountry(call, code) };
    },
  },
};

function search(kind: keyof typeof kinds): Behaviour {
  return {
    list(call) {
      const country = call.path["CountryCode"] ?? "";
      if (!isCountry(country)) throw notFound(call);
      return numbersOf(call, country, kind)
        .filter((number) => matches(number, text(call.query, "Contains")))
        .slice(0, mostFound)
        .map((number) => stored(numberBody(call, number, country), number, call.path));
    },
  };
}

/** Numbers of a country that nobody here has. */
function numbersOf({ twilio, query }: Call, country: CountryCode, kind: keyof typeof kinds): string[] {
  const isTaken = (number: string): boolean =>
    twilio.store.list("twilio:api:IncomingPhoneNumber", {}, { phone_number: number }).length > 0;
  return candidates(country, query, kind).filter((number) => !isTaken(number));
}

function candidates(country: CountryCode, query: Body, kind: keyof typeof kinds): string[] {
  const endings = Array.from({ length: 100 }, (_, last) => String(last).padStart(2, "0"));
  const area = textOf(query["AreaCode"]);
  if (getCountryCallingCode(country) === "1") {
    const code = area === "" ? (country === "CA" && kind !== "TollFree" ? "416" : kinds[kind]) : area;
    return endings.map((ending) => `+1${code}55501${ending}`);
  }
  const example = getExampleNumber(country, examples)?.number ?? "";
  return example === "" ? [] : endings.map((ending) => `${example.slice(0, -2)}${ending}`);
}

/** `Contains` is digits, with `*` for any one. */
function matches(number: string, pattern: string): boolean {
  if (pattern === "") return true;
  const like = pattern.replace(/[^\d*]/g, "").replaceAll("*", "\\d");
  return new RegExp(like).test(number);
}

function numberBody({ query }: Call, number: string, country: CountryCode): Body {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number) ?? [];
  const region = text(query, "InRegion");
  return {
    friendly_name: area === undefined ? number : `(${area}) ${exchange ?? ""}-${line ?? ""}`,
    phone_number: number,
    lata: null,
    locality: text(query, "InLocality") || null,
    rate_center: null,
    latitude: null,
    longitude: null,
    region: region === "" ? null : region,
    postal_code: text(query, "InPostalCode") || null,
    iso_country: country,
    address_requirements: "none",
    beta: false,
    capabilities: { voice: true, sms: true, mms: true, fax: false },
  };
}

export const availableNumbers: Readonly<Record<string, Behaviour>> = {
  "twilio:api:AvailablePhoneNumberCountry": countries,
  ...Object.fromEntries(
    (Object.keys(kinds) as (keyof typeof kinds)[]).map((kind) => [
      `twilio:api:AvailablePhoneNumber${kind}`,
      search(kind),
    ]),
  ),
};

/** What the account has left: nothing is charged here. */
export const balance: Behaviour = {
  instead: {
    fetch: ({ accountSid }) => ({ body: { account_sid: accountSid, balance: "0.00", currency: "USD" } }),
  },
};
