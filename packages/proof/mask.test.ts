import { expect, test } from "vitest";
import { mask, typesOf, type Known } from "./mask.ts";

const known: Known = {
  prefix: "proof-abc123",
  numbers: { line: "+15550100008", phone: "+15550100009" },
  secrets: ["5ec2e7"],
  endpoint: "http://127.0.0.1:4010",
};
const hex = "0123456789abcdef".repeat(2);

test.each([
  ["a SID keeps its kind", `CH${hex}`, "{CH}"],
  [
    "also below a path",
    `https://x.twilio.com/v1/Services/IS${hex}/Users`,
    "https://x.twilio.com/v1/Services/{IS}/Users",
  ],
  ["the numbers of the run are called", "from +15550100008 to %2B15550100009", "from {line} to {phone}"],
  ["a number of anybody's is none", "call +4915112345678 now", "call {number} now"],
  ["the run's own names", "proof-abc123-flow-a", "{run}-flow-a"],
  ["a domain", "proof-abc123-s-1234-dev.twil.io", "{run}-s-{digits}-dev.twil.io"],
  ["a secret", "token 5ec2e7", "token {secret}"],
  ["a token of somebody else's", `x=${hex}`, "x={32 hex}"],
  ["a date by its form", "2026-12-01T08:00:00Z", "{date}"],
  ["and with milliseconds", "2026-12-01T08:00:00.123Z", "{date with ms}"],
  ["a date of 2010", "Tue, 01 Dec 2026 08:00:00 +0000", "{RFC 2822 date}"],
  ["a UUID", "123e4567-e89b-12d3-a456-426614174000", "{UUID}"],
  ["an address of mail", "jo@example.com", "{e-mail}"],
  ["the endpoint of a local Twilio", "http://127.0.0.1:4010/api.twilio.com/x", "https://api.twilio.com/x"],
  ["a state stays", "closed", "closed"],
])("%s", (_, text, masked) => {
  expect(mask(text, known)).toBe(masked);
});

test("of two numbers of which one begins with the other, no digit is left", () => {
  const numbers = { line: "+49301234", phone: "+4930123456" };
  expect(mask("from +4930123456 to +49301234", { ...known, numbers })).toBe("from {phone} to {line}");
});

test("keys and what is deep inside are masked too", () => {
  const value = { [`AC${hex}`]: [{ to: "+15550100009" }] };
  expect(mask(value, known)).toEqual({ "{AC}": [{ to: "{phone}" }] });
});

test("of what the run did not make, types alone are kept", () => {
  const number = { friendly_name: "Our hotline", capabilities: { sms: true }, list: [{ a: 1 }], gone: null };
  expect(typesOf(number)).toEqual({
    friendly_name: "string",
    capabilities: { sms: "boolean" },
    list: [{ a: "number" }],
    gone: null,
  });
});
