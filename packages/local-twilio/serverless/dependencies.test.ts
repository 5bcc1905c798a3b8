import { expect, test } from "vitest";
import { completed, isOfThePlatform, readDependencies, satisfies, setName } from "./dependencies.ts";

test.each([
  ["1.2.3", "1.2.3", true],
  ["1.2.3", "*", true],
  ["1.4.0", "^1.2.3", true],
  ["1.2.2", "^1.2.3", false],
  ["2.0.0", "^1.2.3", false],
  ["0.3.0", "^0.2.3", false],
  ["0.2.9", "^0.2.3", true],
  ["0.0.4", "^0.0.3", false],
  ["1.2.9", "~1.2.3", true],
  ["1.3.0", "~1.2.3", false],
  ["1.2.3", ">=1.0.0", false],
])("installed %s for %s: %s", (installed, wanted, fits) => {
  expect(satisfies(installed, wanted)).toBe(fits);
});

test("a version that is left out is any; what is no dependency is refused", () => {
  expect(readDependencies([{ name: "twilio" }])).toEqual([{ name: "twilio", version: "*" }]);
  expect(readDependencies(undefined)).toEqual([]);
  expect(() => readDependencies({ twilio: "6.2.0" })).toThrow("Dependencies must be a JSON array");
  expect(() => readDependencies([{ name: "a", version: "file:../a" }])).toThrow(
    "No matching version found for a@file:../a",
  );
  expect(() => readDependencies([{ name: "../../etc", version: "1" }])).toThrow(
    "Dependencies must be a JSON array",
  );
});

test.each([
  ["..", "1.0.0"],
  [".", "1.0.0"],
  [".bin", "1.0.0"],
  ["@scope/..", "1.0.0"],
  ["@../a", "1.0.0"],
  ["node_modules", "1.0.0"],
])("the name %s leads out of its folder, and is refused", (name, version) => {
  expect(() => readDependencies([{ name, version }])).toThrow("Dependencies must be a JSON array");
});

test.each(["..", ".", "./a", "a.tgz", "https://example.com/a.tgz", "npm:b@1", "git+ssh://a"])(
  "the version %s is not one of the registry's, and is refused",
  (version) => {
    expect(() => readDependencies([{ name: "a", version }])).toThrow(
      `No matching version found for a@${version}`,
    );
  },
);

test("every Build has the helper library and the handler, in the version that is named where one is", () => {
  const names = completed([]).map(({ name }) => name);
  expect(names).toEqual(["twilio", "@twilio/runtime-handler"]);
  const named = completed([{ name: "twilio", version: "5.0.0" }]);
  expect(named).toEqual([
    { name: "twilio", version: "5.0.0" },
    { name: "@twilio/runtime-handler", version: "2.1.0" },
  ]);
});

test("the platform brings its handler and what Node has built in", () => {
  const names = ["@twilio/runtime-handler", "util", "fs", "twilio"];
  expect(names.filter((name) => isOfThePlatform({ name, version: "*" }))).toEqual([
    "@twilio/runtime-handler",
    "util",
    "fs",
  ]);
});

test("a set has one name, in whichever order it is given", () => {
  const [a, b] = [
    { name: "a", version: "1.0.0" },
    { name: "b", version: "2.0.0" },
  ];
  expect(setName([a, b])).toBe(setName([b, a]));
  expect(setName([a, b])).not.toBe(setName([a]));
});
