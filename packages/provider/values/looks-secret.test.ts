import { expect, test } from "vitest";
import { looksSecret } from "./looks-secret.ts";

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
