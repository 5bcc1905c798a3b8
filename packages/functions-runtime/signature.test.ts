import fc from "fast-check";
import twilio from "twilio";
import { describe, expect, test } from "vitest";
import { isSigned, signRequest } from "./signature.ts";
import { authToken, requestOf, type RequestParts } from "./testing/deployment.ts";

const { getExpectedBodyHash, getExpectedTwilioSignature } = await import("twilio/lib/webhooks/webhooks.js");

const url = "https://test.twil.io/f";
const signedBy = (signature: string, parts: RequestParts, as?: string) => {
  const request = requestOf("/f", { ...parts, headers: { "x-twilio-signature": signature } });
  return isSigned(authToken, as === undefined ? request : { ...request, url: as });
};

describe("against Twilio's own library", () => {
  test("it is the signature that the library makes, whatever the parameters", () => {
    const values = fc.oneof(fc.string(), fc.array(fc.string(), { minLength: 1 }));
    const parameters = fc.dictionary(fc.string({ minLength: 1 }), values);
    fc.assert(
      fc.property(parameters, (given) => {
        expect(signRequest(authToken, url, given)).toBe(getExpectedTwilioSignature(authToken, url, given));
      }),
    );
  });

  test("the library accepts it", () => {
    const form = { b: ["2", "1", "2"], a: "ü" };
    const signature = signRequest(authToken, `${url}?q=%20`, form);
    expect(twilio.validateRequest(authToken, signature, `${url}?q=%20`, form)).toBe(true);
    expect(twilio.validateRequest(authToken, signature, `${url}?q=%20`, { ...form, a: "u" })).toBe(false);
  });

  test.each([
    "https://test.twil.io:443/f?q=it's",
    "https://test.twil.io/f?q=it%27s",
    "https://test.twil.io/f?q=it's",
  ])("a request is judged as the library judges it, called as %s", (called) => {
    for (const signed of ["https://test.twil.io/f?q=it's", "https://test.twil.io:443/f?q=it%27s", url]) {
      const signature = signRequest(authToken, signed, { a: "1" });
      const judged = twilio.validateRequest(authToken, signature, called, { a: "1" });
      expect(signedBy(signature, { form: { a: "1" } }, called)).toBe(judged);
    }
  });
});

test("a form is covered whole: URL, query and every parameter", () => {
  const form = { a: "1", b: "ü & +" };
  const signature = signRequest(authToken, `${url}?x=1`, form);
  expect(signedBy(signature, { query: "?x=1", form })).toBe(true);
  expect(signedBy(signature, { query: "?x=2", form })).toBe(false);
  expect(signedBy(signature, { query: "?x=1", form: { ...form, a: "2" } })).toBe(false);
  expect(signedBy(signature, { query: "?x=1", form: { ...form, c: "" } })).toBe(false);
  expect(signedBy("", { query: "?x=1", form })).toBe(false);
  expect(isSigned(authToken, requestOf("/f", { form }))).toBe(false);
});

test("a JSON body is covered by its digest in the query", () => {
  const body = JSON.stringify({ a: "ü" });
  const query = `?bodySHA256=${getExpectedBodyHash(body)}`;
  const signature = signRequest(authToken, url + query);
  expect(twilio.validateRequestWithBody(authToken, signature, url + query, body)).toBe(true);
  expect(signedBy(signature, { query, json: { a: "ü" } })).toBe(true);
  expect(signedBy(signature, { query, json: { a: "u" } })).toBe(false);
  expect(signedBy(signRequest(authToken, url), { json: { a: "ü" } })).toBe(false);
});

test("a GET is covered by its URL", () => {
  const signature = signRequest(authToken, `${url}?a=1`);
  expect(signedBy(signature, { method: "GET", query: "?a=1", body: "" })).toBe(true);
  expect(signedBy(signature, { method: "GET", query: "?a=2", body: "" })).toBe(false);
});

test("a fragment is not signed", () => {
  expect(signRequest(authToken, `${url}#rc=2`)).toBe(signRequest(authToken, url));
});
