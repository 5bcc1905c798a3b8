import { expect, test } from "vitest";
import { keepSecret, withoutSecrets } from "./secrets.ts";

const sid = "AC10ca1000000000000000000000000001";
const token = "70ken0f7heaccount0123456789abcde";
const environment = { TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token, HOME: "/home/somebody-here" };
const base64 = (text: string) => Buffer.from(text).toString("base64");

test.each([
  ["plain", token],
  ["in base64", base64(token)],
  ["as a login", base64(`${sid}:${token}`)],
  ["as a login's inner text", `x${base64(`${sid}:${token}`)}x`],
])("a secret of the environment goes, %s", (_, text) => {
  expect(withoutSecrets(`before ${text} after`, environment)).toMatch(/^before x?\[secret\]=*x? after$/);
});

test("what is no secret stays", () => {
  const text = `account ${sid} of /home/somebody-here: Basic things, author, https://example.com/a@b`;
  expect(withoutSecrets(text, environment)).toBe(text);
});

test("a secret that was kept goes, a short one where it is part of a login", () => {
  keepSecret("of a stage file", [sid]);
  keepSecret("x", ["SK1"]);
  expect(withoutSecrets(`of a stage file, x, ${base64("SK1:x")}`, {})).toMatch(
    /^\[secret\], x, \[secret\]=*$/,
  );
});

test.each([
  "Authorization: Basic c29tZWJvZHk6dGhlaXIgc2VjcmV0",
  "{ authorization: 'Bearer ghp_0123456789abcdefghij' }",
  '"Authorization":"c29tZWJvZHk6dGhlaXIgc2VjcmV0"',
  "through http://somebody:c29tZWJvZHk6dGhlaXIgc2VjcmV0@proxy.example.com:3128",
])("a login goes that nobody knows: %s", (text) => {
  expect(withoutSecrets(text, {})).not.toMatch(/c29tZWJvZHk|ghp_|somebody:/);
  expect(withoutSecrets(text, {})).toContain("[secret]");
});
