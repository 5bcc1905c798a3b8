import { expect, test } from "vitest";
import { strayImports } from "./arrows.ts";

test("the provider and the local Twilio never meet, whichever way the import is written", () => {
  expect(strayImports("packages/provider/client.ts", ["@support-line/local-twilio"])).toEqual([
    "packages/provider/client.ts imports @support-line/local-twilio; packages/provider may import packages/twilio-api, packages/studio, scripts/setup",
  ]);
  expect(strayImports("packages/local-twilio/http/rest.ts", ["../../provider/errors.ts"])).toHaveLength(1);
});

test("what a room may use, it may use; what is no room of ours is not looked at", () => {
  const imports = ["@support-line/twilio-api", "@support-line/studio/types", "./errors.ts", "node:fs", "zod"];
  expect(strayImports("packages/provider/index.ts", imports)).toEqual([]);
});

test("an arrow to one file of a room does not open the room", () => {
  const file = "packages/cli/stage.ts";
  expect(strayImports(file, ["../../infra/config.ts"])).toEqual([]);
  expect(strayImports(file, ["../../infra/index.ts"])).toHaveLength(1);
});

test("a place inside a room may use what the room has, and has arrows of its own", () => {
  const file = "functions/shared/testing/run-functions.ts";
  expect(strayImports(file, ["../lists.ts", "@support-line/functions-runtime"])).toEqual([]);
  expect(strayImports("functions/shared/lists.ts", ["@support-line/functions-runtime"])).toHaveLength(1);
});
