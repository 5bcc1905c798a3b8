import { expect, test } from "vitest";
import { countryOf } from "./country.ts";

test.each([
  ["+15550100201", "US"],
  ["+14165550123", "CA"],
  ["+4915550100201", "DE"],
  ["+447700900123", "GB"],
  ["+33199001234", "FR"],
  ["55501", ""],
])("%s is of %j", (number, country) => {
  expect(countryOf(number)).toBe(country);
});
