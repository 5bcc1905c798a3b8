import { expect, test } from "vitest";
import { ambientCredentials, loginBy } from "./login.ts";

const account = `AC${"1".repeat(32)}`;
const set = (key: string, secret: string, token: string) =>
  ambientCredentials({ TWILIO_API_KEY: key, TWILIO_API_SECRET: secret, TWILIO_AUTH_TOKEN: token });

test("a key goes before a token, and a token is used with the account", () => {
  expect(loginBy(account, set("SK1", "secret", "token"))).toEqual({
    accountSid: account,
    user: "SK1",
    password: "secret",
  });
  expect(loginBy(account, ambientCredentials({ TWILIO_AUTH_TOKEN: "token" }))).toEqual({
    accountSid: account,
    user: account,
    password: "token",
  });
  expect(loginBy(account, ambientCredentials({ TWILIO_API_KEY: "SK1" }))).toBeNull();
});

test("what is set to nothing, as a workflow sets a secret that nobody gave it, is not set", () => {
  expect(loginBy(account, set("", "", "token"))).toEqual({
    accountSid: account,
    user: account,
    password: "token",
  });
  expect(loginBy(account, set("SK1", "", ""))).toBeNull();
  expect(set("", "", "")).toEqual({});
});
