import { expect, test } from "vitest";
import { eventOf, MalformedBody, withLowerCaseHeaders } from "./event.ts";
import { requestOf, type RequestParts } from "./testing/deployment.ts";

const event = (parts: RequestParts) => eventOf(withLowerCaseHeaders(requestOf("/f", parts)));

test("query and body are merged, and the body wins", () => {
  expect(event({ query: "?a=1&b=2", form: { b: "3" } })).toMatchObject({ a: "1", b: "3" });
  expect(event({ query: "?a=1&b=2", json: { b: { c: 3 } } })).toMatchObject({ a: "1", b: { c: 3 } });
});

test("what stands several times is a list", () => {
  expect(event({ query: "?a=1&a=2" })).toMatchObject({ a: ["1", "2"] });
});

test("names that every object has are names like others", () => {
  const query = "?constructor=1&toString=2&__proto__=3";
  expect(Object.entries(event({ query })).slice(1)).toEqual([
    ["constructor", "1"],
    ["toString", "2"],
    ["__proto__", "3"],
  ]);
});

test("I28: of a list in JSON, each item is there by its index", () => {
  expect(event({ query: "?a=1", json: [{ b: 2 }, "c"] })).toMatchObject({ a: "1", 0: { b: 2 }, 1: "c" });
});

test("a body that is not an object adds nothing, and one that is no JSON is refused", () => {
  expect(Object.keys(event({ json: 1 }))).toEqual(["request"]);
  expect(Object.keys(event({ json: {}, body: "" }))).toEqual(["request"]);
  expect(() => event({ json: {}, body: "{" })).toThrow(MalformedBody);
});

test("headers are lower case, without those of the way; cookies are read", () => {
  const headers = {
    "X-Twilio-Signature": "s",
    "I-Twilio-Idempotency-Token": "t",
    "X-Forwarded-For": "127.0.0.1",
    Host: "test.twil.io",
    Via: "x",
    Cookie: "k=v%20w; l=100%",
    "X-Many": ["1", "2"],
    "x-many": "3",
  };
  expect(event({ headers }).request).toEqual({
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-twilio-signature": "s",
      cookie: "k=v%20w; l=100%",
      "x-many": ["1", "2", "3"],
    },
    cookies: { k: "v w", l: "100%" },
  });
});
