import { expect, test } from "vitest";
import { addressOf, isLoopback, isTwilioHost, withoutRegion } from "./address.ts";

const own = 4010;

test.each([
  [
    "/serverless.twilio.com/v1/Services?Page=0",
    { kind: "twilio", host: "serverless.twilio.com", path: "/v1/Services?Page=0" },
  ],
  ["/api.twilio.com", { kind: "twilio", host: "api.twilio.com", path: "/" }],
  ["/foo-1234-dev.twil.io/hello", { kind: "twilio", host: "foo-1234-dev.twil.io", path: "/hello" }],
  [
    "http://api.twilio.com/2010-04-01/Accounts.json",
    { kind: "twilio", host: "api.twilio.com", path: "/2010-04-01/Accounts.json" },
  ],
  ["http://127.0.0.1:4010/api.twilio.com/x", { kind: "twilio", host: "api.twilio.com", path: "/x" }],
  ["http://127.0.0.1:9999/x", { kind: "foreign", host: "127.0.0.1" }],
  ["http://example.com/", { kind: "foreign", host: "example.com" }],
  ["/_local/v1/status", { kind: "control", path: "/_local/v1/status" }],
  ["/twilio.com.example.com/", { kind: "none" }],
  ["/", { kind: "none" }],
])("%s", (target, expected) => {
  expect(addressOf(target, null, own)).toEqual(expected);
});

test("inside a tunnel the host is the tunnel's, whatever the path says", () => {
  expect(addressOf("/_local/v1/status", "api.twilio.com", own)).toEqual({
    kind: "twilio",
    host: "api.twilio.com",
    path: "/_local/v1/status",
  });
});

test.each([
  ["api.dublin.ie1.twilio.com", "api.twilio.com"],
  ["api.ie1.twilio.com", "api.twilio.com"],
  ["serverless-upload.twilio.com", "serverless-upload.twilio.com"],
])("%s is %s", (regional, host) => {
  expect(withoutRegion(regional)).toBe(host);
});

test("hosts that only look like Twilio's are none of them", () => {
  expect(
    ["twilio.com", "evil-twilio.com", "twilio.com.evil.org", "a b.twilio.com"].filter(isTwilioHost),
  ).toEqual([]);
});

test("loopback is this machine and no name that begins like it", () => {
  expect(["127.0.0.1:4010", "localhost", "http://localhost:3000", "[::1]:4010"].every(isLoopback)).toBe(true);
  expect(["127.0.0.1.evil.org", "localhost.evil.org", "192.168.0.1", ""].some(isLoopback)).toBe(false);
});
