/** The command itself, as a shell finds it: its exit codes and what it prints where. */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { folderOf, ofProject, small } from "./testing/folder.ts";

const bin = ofProject("packages/cli/bin/studio.mjs");

function studio(args: readonly string[], input = ""): { code: number | null; out: string; error: string } {
  // Continuous integration asks for colours.
  const env = { ...process.env, NO_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    encoding: "utf8",
    input,
    env,
  });
  return { code: status, out: stdout, error: stderr };
}

test("0 when all is fine", () => {
  expect(studio(["check", ofProject("flow-templates/support.json")])).toMatchObject({ code: 0, error: "" });
  expect(studio(["--help"])).toMatchObject({ code: 0, out: expect.stringContaining("Exit codes") as string });
});

test("1 for findings, and JSON on the output alone", () => {
  const at = folderOf({ "a.json": small("{{flow.variables.name}}"), "b.json": small() });
  const warned = studio(["check", at("a.json"), "--strict", "--json"]);
  expect(warned).toMatchObject({ code: 1, error: "" });
  expect(JSON.parse(warned.out)).toMatchObject({ errors: 0, warnings: 1 });
  expect(studio(["check", at("a.json")]).code).toBe(0);
  expect(studio(["check", at("a.json"), "--error", "variable-never-set"]).code).toBe(1);
  expect(studio(["diff", at("a.json"), at("b.json")]).code).toBe(1);
  expect(studio(["cover", at("b.json"), "--talk", at("b.json"), "--min", "90"]).code).toBe(1);
});

test("2 for wrong use, with one line that says what is wrong", () => {
  const at = folderOf({ "a.json": "{" });
  const broken = studio(["check", at("a.json")]);
  expect(broken).toMatchObject({ code: 2, out: "" });
  expect(broken.error.trim().split("\n")).toEqual([expect.stringMatching(/a\.json:1:2 is not JSON/)]);
  expect(studio(["frob"])).toMatchObject({
    code: 2,
    error: expect.stringContaining("unknown command") as string,
  });
  expect(studio(["run", at("gone.json")]).code).toBe(2);
});

test("what is piped in is a conversation", () => {
  const at = folderOf({ "a.json": small("hello yourself") });
  const { code, out } = studio(["run", at("a.json")], "hello\n");
  expect(code).toBe(0);
  expect(out).toMatch(/customer +> hello\ncustomer +hello yourself\nwalked/);
});
