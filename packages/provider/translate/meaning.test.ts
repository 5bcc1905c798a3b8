import fc from "fast-check";
import { expect, test } from "vitest";
import type { FieldType } from "../shape/shape.ts";
import { Asset, secret, unknown, type Value } from "../values/value.ts";
import { sameMeaning } from "./meaning.ts";

const text: FieldType = { kind: "string" };
const set: FieldType = { kind: "array", items: text, unordered: true };
const list: FieldType = { kind: "array", items: text, unordered: false };

test.each<[string, Value, Value, FieldType]>([
  [
    "a number of a phone, with and without what people put between digits",
    "+1 (555) 010-0001",
    "+15550100001",
    text,
  ],
  ["a WhatsApp address", "whatsapp:+1 555 010 0001", "whatsapp:+15550100001", text],
  ["a duration", "PT60M", "PT1H", text],
  ["a moment", "2026-01-31T12:00:00Z", "2026-01-31T13:00:00.000+01:00", text],
  ["JSON text", '{"a":1,"b":{"c":[1,2]}}', '{ "b": { "c": [1, 2] }, "a": 1 }', text],
  ["a word", "POST", "post", { kind: "string", enum: ["get", "post"] }],
  ["a set", ["a", "b"], ["b", "a"], set],
  ["absent and null below", { a: 1, b: null }, { a: 1 }, { kind: "json" }],
  ["a secret and its value", secret("x"), "x", text],
  [
    "a file and the hash of its content",
    new Asset({ text: "x" }),
    new Asset({ hash: "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881" }),
    { kind: "asset" },
  ],
])("the same: %s", (_, one, other, type) => {
  expect(sameMeaning(one, other, type)).toBe(true);
  expect(sameMeaning(other, one, type)).toBe(true);
});

test.each<[string, Value, Value, FieldType]>([
  ["another number", "+15550100001", "+15550100002", text],
  ["another duration", "PT1H", "P1D", text],
  ["a list in another order", ["a", "b"], ["b", "a"], list],
  ["a set that has one twice", ["a", "a"], ["a", "b"], set],
  ["wording inside free JSON, to the letter", { body: "PT60M" }, { body: "PT1H" }, { kind: "json" }],
  ["unknown", unknown, unknown, text],
  ["text that is not JSON", "{a}", "{ a }", text],
])("not the same: %s", (_, one, other, type) => {
  expect(sameMeaning(one, other, type)).toBe(false);
});

test("every JSON value means the same as itself", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) =>
      sameMeaning(value as Value, structuredClone(value) as Value, { kind: "json" }),
    ),
  );
});
