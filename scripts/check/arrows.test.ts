import { expect, test } from "vitest";
import { strayImports } from "./arrows.ts";

test("the provider and the local Twilio never meet, whichever way the import is written", () => {
  expect(strayImports("packages/provider/client.ts", ["@support-line/local-twilio"])).toEqual([
    "packages/provider/client.ts imports @support-line/local-twilio; packages/provider may import packages/twilio-api, packages/studio",
  ]);
  expect(strayImports("packages/local-twilio/http/rest.ts", ["../../provider/errors.ts"])).toHaveLength(1);
});

test("what a room may use, it may use; what is no room of ours is not looked at", () => {
  const imports = ["@support-line/twilio-api", "@support-line/studio/types", "./errors.ts", "node:fs", "zod"];
  expect(strayImports("packages/provider/index.ts", imports)).toEqual([]);
});

test("no package imports the project, and the project imports packages by their names", () => {
  const file = "packages/stage/check.ts";
  expect(
    strayImports(file, ["../../infra/index.ts", "../../flow-templates/support.bindings.ts"]),
  ).toHaveLength(2);
  expect(strayImports("infra/index.ts", ["@support-line/stage", "@pulumi/twilio", "./flex.ts"])).toEqual([]);
  expect(strayImports("infra/index.ts", ["../packages/stage/index.ts"])).toEqual([
    "infra/index.ts imports ../packages/stage/index.ts; a package is imported by its name, @support-line/stage",
  ]);
});

test("a package reaches another only through what that one exports", () => {
  expect(strayImports("packages/cli/stage/check.ts", ["../../stage/check.ts"])).toHaveLength(1);
});
