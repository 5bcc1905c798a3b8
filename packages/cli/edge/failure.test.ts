import { Command } from "commander";
import twilio from "twilio";
import { expect, test } from "vitest";
import { CliError } from "../errors.ts";
import { failureOf } from "./failure.ts";

const login = Buffer.from("SK1:of the key").toString("base64");
/** As Twilio's client throws it: with the whole request. */
function axiosError(code: string, message: string): Error {
  const config = { url: "https://studio.twilio.com/v2/Flows", headers: { Authorization: `Basic ${login}` } };
  return Object.assign(new Error(message), { name: "AxiosError", isAxiosError: true, code, config });
}
const caused = (code: string, more: object = {}) =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("inner"), { code, ...more }) });

test.each([
  [
    "a refused connection",
    axiosError("ECONNREFUSED", "connect ECONNREFUSED"),
    /^studio\.twilio\.com .*\(ECONNREFUSED\)/,
  ],
  [
    "a time-out",
    axiosError("ECONNABORTED", "timeout of 1 ms exceeded"),
    /studio\.twilio\.com .*did not answer in time/,
  ],
  ["a request that was called off", axiosError("ERR_CANCELED", "canceled"), /cancelled/],
  [
    "a name that is not found",
    caused("ENOTFOUND", { hostname: "api.twilio.com" }),
    /^api\.twilio\.com .*DNS/,
  ],
  ["an address", caused("ETIMEDOUT", { address: "127.0.0.1", port: 4010 }), /^127\.0\.0\.1:4010 /],
  [
    "several addresses",
    new AggregateError([Object.assign(new Error(), { code: "ECONNREFUSED" })]),
    /nothing is listening/,
  ],
  ["a certificate", caused("SELF_SIGNED_CERT_IN_CHAIN"), /NODE_EXTRA_CA_CERTS/],
  ["a connection that is cut", new Error("socket hang up"), /was cut/],
  [
    "a time-out of fetch",
    AbortSignal.abort(new DOMException("late", "TimeoutError")).reason as Error,
    /in time/,
  ],
])("the network: %s", (_, error, said) => {
  const { text, exitCode } = failureOf(error);
  expect(text).toMatch(said);
  expect(text?.split("\n")).toHaveLength(1);
  expect(text).not.toContain(login);
  expect(exitCode).toBe(3);
});

test("Twilio's own exception, with its code and where to read of it", () => {
  const body = JSON.stringify({
    code: 20404,
    message: "Not found",
    more_info: "https://www.twilio.com/docs",
  });
  const error = new twilio.RestException({ statusCode: 404, body, headers: {} });
  expect(failureOf(error)).toEqual({
    text: "Twilio answered 404 (20404): Not found; see https://www.twilio.com/docs/errors/20404.",
    exitCode: 3,
  });
});

test("our errors are said as they are, with their exit code", () => {
  expect(failureOf(new CliError("not-paused", { stage: "dev" }))).toEqual({
    text: "No line of stage dev is paused.",
    exitCode: 1,
  });
  const named = Object.assign(new Error("a fault"), { name: "StageError" });
  expect(failureOf(named)).toEqual({ text: "a fault", exitCode: 2 });
});

test("what commander has said is not said again", () => {
  const program = new Command("x").exitOverride().configureOutput({ writeErr: () => undefined });
  program.command("verb");
  const thrown = (words: string[]) => {
    try {
      program.parse(words, { from: "user" });
    } catch (error) {
      return error;
    }
    return undefined;
  };
  expect(failureOf(thrown(["gone"]))).toEqual({ text: null, exitCode: 2 });
});

test("a file that is not there is named", () => {
  const error = Object.assign(new Error("ENOENT: …"), { code: "ENOENT", path: "/a/b.json" });
  expect(failureOf(error)).toEqual({ text: "/a/b.json does not exist (ENOENT).", exitCode: 2 });
});

test("of a fault of our own the first line is shown, and none of its fields", () => {
  const error = Object.assign(new TypeError(`x is undefined\n${login}`), { config: login });
  const { text, exitCode } = failureOf(error);
  expect(text).toMatch(/fault of the tool itself, TypeError: x is undefined; SUPPORT_LINE_DEBUG=1/);
  expect(text).not.toContain(login);
  expect(exitCode).toBe(70);
  expect(failureOf({ config: login }).text).not.toContain(login);
});
