import { expect, test } from "vitest";
import { rowToShape } from "../shape/row-to-shape.ts";
import { thing } from "../testing/row.ts";
import { secret, unknown, type ValueMap } from "../values/value.ts";
import { inputsToChanges, propertyPath } from "./diff.ts";

const changes = (olds: ValueMap, news: ValueMap) =>
  inputsToChanges(rowToShape(thing).inputs, olds, news).map(({ path, kind, replaces }) => [
    propertyPath(path),
    kind,
    replaces,
  ]);

test.each<[string, ValueMap, ValueMap, unknown[]]>([
  ["a text", { friendlyName: "a" }, { friendlyName: "b" }, [["friendlyName", "update", false]]],
  ["what update does not take replaces", { key: "a" }, { key: "b" }, [["key", "update", true]]],
  ["a parent replaces", { serviceSid: "ZS1" }, { serviceSid: unknown }, [["serviceSid", "update", true]]],
  ["an input that is new", {}, { retries: 1 }, [["retries", "add", false]]],
  ["an input that Twilio fills in, left out", { country: "US" }, {}, []],
  [
    "an input that Twilio fills in, another",
    { country: "US" },
    { country: "GB" },
    [["country", "update", true]],
  ],
  ["an input that is gone", { filters: ["a"] }, {}, [["filters", "delete", false]]],
  [
    "what is gone and no update takes away",
    { retries: 1, autoCreation: { enabled: true } },
    { autoCreation: {} },
    [],
  ],
  [
    "the part of an object that differs",
    { autoCreation: { enabled: true, flowSid: "FW1" } },
    { autoCreation: { enabled: true, flowSid: unknown } },
    [['autoCreation["flowSid"]', "update", false]],
  ],
  ["a set as a whole", { filters: ["a", "b"] }, { filters: ["b", "c"] }, [["filters", "update", false]]],
  [
    "a list by place",
    { steps: ["a", "b"] },
    { steps: ["a", "c", "d"] },
    [
      ["steps[1]", "update", false],
      ["steps[2]", "add", false],
    ],
  ],
  [
    "free JSON at the deepest place",
    { definition: { states: { "a-b": { body: "x" } } } },
    { definition: { states: { "a-b": { body: "y" } } } },
    [['definition["states"]["a-b"]["body"]', "update", false]],
  ],
  ["the same by meaning", { filters: ["a", "b"], type: "sms" }, { filters: ["b", "a"], type: "SMS" }, []],
  [
    "secret now, the same value",
    { friendlyName: "a" },
    { friendlyName: secret("a") },
    [["friendlyName", "update", false]],
  ],
  [
    "inside a secret",
    { definition: secret({ a: 1 }) },
    { definition: secret({ a: 2 }) },
    [['definition["a"]', "update", false]],
  ],
])("%s", (_, olds, news, expected) => {
  expect(changes(olds, news)).toEqual(expected);
});
