import { expect, test } from "vitest";
import { looksSecret, secretLines } from "./looks-secret.ts";

test.each([
  ["API_TOKEN", "abc"],
  ["apiKey", "abc"],
  ["DB_PASSWORD", ""],
  ["CRM_SECRET", "x"],
  ["STRIPE", `sk_test_${"a1".repeat(12)}`],
  ["DATABASE_URL", "postgres://crm:hunter2@db.example/crm"],
  ["THING", "0123456789abcdef0123456789abcdef"],
  ["CERT", "-----BEGIN RSA PRIVATE KEY-----"],
])("%s=%s is one", (key, value) => expect(looksSecret(key, value)).toBe(true));

test.each([
  ["GREETING", "hello"],
  ["SUPPORT_AGENTS", "ada +15550100101"],
  ["SUPPORT_FLOW_SID", `FW${"0123456789abcdef".repeat(2)}`],
  ["AUTHOR", "Ada"],
  ["MONKEYS", "3"],
  ["HOME_URL", "https://support.example/contact"],
])("%s=%s is none", (key, value) => expect(looksSecret(key, value)).toBe(false));

test("a key in a source is found by its line, and what only looks long is not", () => {
  const source = [
    'const twilio = require("twilio");',
    `const flow = "FW${"0123456789abcdef".repeat(2)}";`,
    `const client = twilio(sid, '${"0123456789abcdef".repeat(2)}');`,
    'const text = "Thank you for writing, somebody will be with you.";',
    "const stripe = `sk_live_0123456789abcdefgh`;",
  ];
  expect(secretLines(source.join("\n"))).toEqual([3, 5]);
});
