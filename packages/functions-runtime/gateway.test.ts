import { expect, test } from "vitest";
import { issued, refusal, type GatewaySwitches } from "./gateway.ts";
import { signRequest } from "./signature.ts";
import {
  authToken,
  deploymentOf,
  domain,
  requestOf,
  textOf,
  type RequestParts,
} from "./testing/deployment.ts";

const deployment = deploymentOf({ "/f": "", "/p.protected": "", "/secret.private": "" });
const ask = (path: string, parts: RequestParts = {}, switches: GatewaySwitches = {}, running = 1) => {
  const file = deployment.functions.find((each) => each.path === path);
  return refusal(file, deployment, requestOf(path, parts), switches, running);
};
const status = (...given: Parameters<typeof ask>) => ask(...given)?.response.status ?? "let through";

test("only GET and POST reach a Function that has a URL", () => {
  expect(status("/f")).toBe("let through");
  expect(status("/f", { method: "GET" })).toBe("let through");
  expect(status("/f", { method: "PUT" })).toBe(405);
  expect(status("/missing")).toBe(404);
  expect(status("/secret")).toBe(403);
});

test("a browser's pre-flight is answered, also for a protected Function, and lets every origin in", () => {
  const answer = ask("/p", { method: "OPTIONS" });
  expect(answer?.response.status).toBe(204);
  expect(answer?.response.headers).toMatchObject({
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "*",
  });
  expect(status("/missing", { method: "OPTIONS" })).toBe(404);
});

test("sizes", () => {
  expect(status("/f", { form: { a: "x".repeat(1024 * 1024 - 2) } })).toBe("let through");
  expect(status("/f", { form: { a: "x".repeat(1024 * 1024) } })).toBe(413);
  expect(status("/f", { method: "GET", form: { a: "1" } })).toBe(403);
  expect(ask("/f", { headers: { "x-long": "x".repeat(15 * 1024) } })).toMatchObject({
    response: { status: 431 },
    error: { code: 82008, message: "Request headers or cookies too long" },
  });
  const many = Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`x-${at}`, "1"]));
  expect(status("/f", { headers: many })).toBe(431);
});

test("a protected Function runs for what is signed; the refusal's status is a switch", () => {
  const headers = { "x-twilio-signature": signRequest(authToken, `https://${domain}/p`, { a: "1" }) };
  expect(status("/p", { form: { a: "1" }, headers })).toBe("let through");
  expect(status("/p", { form: { a: "2" }, headers })).toBe(403);
  expect(status("/p")).toBe(403);
  expect(status("/p", {}, { signatureRejection: 400 })).toBe(400);
});

test("thirty at once for a Service; that limit is a switch too", () => {
  expect(status("/f", {}, {}, 30)).toBe("let through");
  expect(status("/f", {}, {}, 31)).toBe(429);
  expect(status("/f", {}, { maxConcurrent: Infinity }, 31)).toBe("let through");
});

const now = Date.UTC(2026, 0, 1);
const leave = (headers: Record<string, string | string[]>) =>
  issued({ status: 200, headers, body: Buffer.from("") }, deployment, 2, now);

test.each([
  ["a=1", "a=1;HttpOnly;Secure"],
  ["a=1; secure; httponly", "a=1;secure;httponly"],
  ["a=1;Max-Age=86400", "a=1;Max-Age=86400;HttpOnly;Secure"],
  ["a=1;Domain=example.com", `a=1;Domain=${domain};HttpOnly;Secure`],
  ["a=x=y;Path=/", "a=x=y;Path=/;HttpOnly;Secure"],
])("the cookie %s leaves as %s", (given, expected) => {
  expect(leave({ "set-cookie": given }).response.headers["set-cookie"]).toEqual([expected]);
});

test.each(["a=1;Max-Age=86401", "a=1;Expires=Sat, 03 Jan 2026 00:00:00 GMT"])(
  "a cookie of more than a day fails the response: %s",
  (cookie) => {
    const answer = leave({ "set-cookie": ["b=1", cookie] });
    expect([answer.response.status, textOf(answer)]).toEqual([
      400,
      "Cookies max-age cannot be greater than a day",
    ]);
  },
);

test("a cookie's Max-Age goes before its Expires", () => {
  const cookie = "a=1;Expires=Sat, 03 Jan 2026 00:00:00 GMT;Max-Age=60";
  expect(leave({ "set-cookie": cookie }).response.status).toBe(200);
});

test("the response says how many runs the Service has, and may not have headers without end", () => {
  expect(leave({}).response.headers).toEqual({ "x-twilio-function-concurrency": "2" });
  expect(leave({ "x-long": "x".repeat(15 * 1024) })).toMatchObject({
    response: { status: 431 },
    error: { code: 82008, message: "Response headers or cookies too long" },
  });
});
