import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { providerOf, settleLeftBehind } from "./left-behind.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "left-behind-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
});

test.each([
  ["names none", "name: line\nruntime: nodejs\n"],
  ["has an empty list of plugins", "name: line\nplugins:\n"],
  ["has plugins of another kind alone", "name: line\nplugins:\n  languages: [{ name: yaml, path: bin }]\n"],
  ["has a provider without a name", "name: line\nplugins:\n  providers: [{ path: provider }]\n"],
  ["has another's", "name: line\nplugins:\n  providers: [{ name: aws, path: provider }]\n"],
  [
    "names a folder that does not exist",
    "name: line\nplugins:\n  providers: [{ name: twilio, path: gone }]\n",
  ],
])("a project that %s has no provider of its own", (_, text) => {
  writeFileSync(join(root, "Pulumi.yaml"), text);
  expect(providerOf(root)).toBeNull();
});

test("the provider is found beside others", () => {
  mkdirSync(join(root, "provider"));
  writeFileSync(join(root, "provider", "pulumi-resource-twilio"), "");
  const plugins = { providers: [{ path: "nameless" }, { name: "twilio", path: "provider" }] };
  writeFileSync(join(root, "Pulumi.yaml"), JSON.stringify({ name: "line", plugins }));
  expect(providerOf(root)).toBe(join(root, "provider", "pulumi-resource-twilio"));
});

test.each(["", "config:\n", "config: none\n", "encryptionsalt: v1:x\n"])(
  "a deployment that left nothing has nothing to tell, whatever is in the stage file: %j",
  (text) => {
    writeFileSync(join(root, "Pulumi.yaml"), "name: line\n");
    writeFileSync(join(root, "Pulumi.dev.yaml"), text);
    const line = { words: ["up"], stack: null, cwd: null, help: false };
    const env = { PULUMI_HOME: join(root, "home") };
    const ended = { root, project: "line", stage: "dev", pulumi: "pulumi", env, began: 0 };
    expect(settleLeftBehind(line, ended)).toEqual([]);
  },
);
