import type { Parameter, ValueType } from "@support-line/twilio-api";
import { expect, test } from "vitest";
import { TwilioError } from "../errors.ts";
import { checkParameters } from "./check-parameters.ts";

function parameter(type: ValueType, required = false): Parameter[] {
  return [{ name: "P", type, required }];
}

function check(type: ValueType, given: string | string[], required = false) {
  return checkParameters(parameter(type, required), { P: given }, "create", undefined)["P"];
}

test.each<[ValueType, string | string[], unknown]>([
  [{ kind: "boolean" }, "True", true],
  [{ kind: "integer", minimum: 1 }, "3", 3],
  [{ kind: "string", enum: ["draft", "published"] }, "Published", "published"],
  [{ kind: "array", items: { kind: "string" } }, "one", ["one"]],
  [{ kind: "array", items: { kind: "integer" } }, ["1", "2"], [1, 2]],
  [{ kind: "json" }, '{"a":1}', { a: 1 }],
  [{ kind: "json" }, '"[{"name":"twilio","version":"6.2.0"}]"', [{ name: "twilio", version: "6.2.0" }]],
  [{ kind: "string", sid: "ZB" }, "", ""],
  [{ kind: "string" }, ["first", "last"], "last"],
])("%j reads %j", (type, given, expected) => {
  expect(check(type, given)).toEqual(expected);
});

test.each<[ValueType, string, string]>([
  [{ kind: "boolean" }, "yes", "Invalid parameter P: 'yes' is neither true nor false"],
  [{ kind: "integer" }, "1.5", "Invalid parameter P: '1.5' is not an integer"],
  [{ kind: "integer", maximum: 10 }, "11", "Invalid parameter P: 11 is more than 10"],
  [{ kind: "string", enum: ["a", "b"] }, "c", "Invalid parameter P: 'c' is not one of a, b"],
  [{ kind: "string", sid: "ZB" }, "ZS00", "Invalid parameter P: 'ZS00' is not a SID that begins with ZB"],
  [{ kind: "string", maxLength: 2 }, "abc", "Invalid parameter P: it is longer than 2 characters"],
  [{ kind: "json" }, "{a:1}", "Invalid parameter P: it is not valid JSON"],
])("%j refuses %j", (type, given, message) => {
  expect(() => check(type, given)).toThrow(message);
});

test("a missing required parameter is 20001 by name, unless the product has a code of its own", () => {
  const missing = () => checkParameters(parameter({ kind: "string" }, true), {}, "create", undefined);
  expect(missing).toThrow("Missing required parameter P in the post body");
  const own = () =>
    checkParameters(parameter({ kind: "string" }, true), {}, "create", ({ kind }) =>
      kind === "missing" ? new TwilioError(50368) : undefined,
    );
  expect(own).toThrow("Target of a scoped webhook is missing");
});
