import fc from "fast-check";
import { expect, test } from "vitest";
import { structToValues, valuesToStruct } from "../rpc/struct.ts";
import { signatureKey, signatures, unknownSentinel, unknownSentinels } from "./marks.ts";
import {
  Archive,
  Asset,
  hasUnknown,
  reveal,
  Secret,
  secret,
  unknown,
  type Value,
  type ValueMap,
} from "./value.ts";
import { valuesToWire } from "./values-to-wire.ts";
import { wireToValue } from "./wire-to-values.ts";

const values = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.string(),
    fc.constant(unknown),
    fc.record({ text: fc.string() }).map((source) => new Asset(source)),
    tie("value").map((value) => secret(value)),
    fc.array(tie("value")),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), tie("value")) as fc.Arbitrary<ValueMap>,
  ),
})).value;

test("values survive the way to the engine and back", () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(structToValues(valuesToStruct({ value }))).toEqual({ value });
    }),
  );
});

test.each<[string, unknown, Value]>([
  [
    "an output that is known and secret",
    { [signatureKey]: signatures.output, value: "x", secret: true, dependencies: [] },
    secret("x"),
  ],
  ["an output that is not known", { [signatureKey]: signatures.output }, unknown],
  ["a resource stands for its id", { [signatureKey]: signatures.resource, urn: "urn:x", id: "ZS1" }, "ZS1"],
  ["a resource without an id", { [signatureKey]: signatures.resource, urn: "urn:x", id: "" }, unknown],
  ["a file by its hash", { [signatureKey]: signatures.asset, hash: "abc" }, new Asset({ hash: "abc" })],
  [
    "an empty file",
    { [signatureKey]: signatures.asset, text: "", hash: "abc" },
    new Asset({ text: "", hash: "abc" }),
  ],
  ["an archive", { [signatureKey]: signatures.archive, path: "a.zip" }, new Archive({ path: "a.zip" })],
])("%s", (_, wire, value) => {
  expect(wireToValue(wire)).toEqual(value);
});

test("every sentinel is unknown, and one is sent", () => {
  expect([...unknownSentinels].map(wireToValue)).toEqual([...unknownSentinels].map(() => unknown));
  expect(valuesToWire({ x: unknown })).toEqual({ x: unknownSentinel });
});

test("reveal opens secrets at any depth", () => {
  expect(reveal({ a: [new Secret({ b: new Secret(1) })] })).toEqual({ a: [{ b: 1 }] });
  expect(hasUnknown({ a: secret([unknown]) })).toBe(true);
});
