/** The country of a number, as webhooks say it. */
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import metadata from "libphonenumber-js/min/metadata";

/**
 * Two letters, `DE`; empty where the number is none. One that its country has not given out, as all fictional ones, is
 * of the country that its calling code stands for first.
 */
export function countryOf(number: string): string {
  const parsed = parsePhoneNumberFromString(number);
  if (parsed === undefined) return "";
  return parsed.country ?? metadata.country_calling_codes[parsed.countryCallingCode]?.[0] ?? "";
}
