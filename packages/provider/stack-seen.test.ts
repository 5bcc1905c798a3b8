import { expect, test } from "vitest";
import { StackSeen } from "./stack-seen.ts";

const [functionToken, buildToken] = ["twilio:serverless:Function", "twilio:serverless:Build"];
const build = (id: string, ...functionVersions: string[]) => ({
  id,
  inputs: {},
  outputs: { functionVersions },
});
const version = (versionSid: string, path: string) => ({
  id: "ZH",
  inputs: {},
  outputs: { versionSid, path },
});

test("what was replaced is no longer current, what replaced it is", () => {
  const seen = new StackSeen();
  seen.declared(buildToken, "urn:build");
  seen.known(buildToken, "urn:build", build("ZB1"), {});
  expect(seen.isCurrent("ZB1")).toBe(true);
  seen.made(buildToken, "urn:build", "ZB2", {});
  expect([seen.isCurrent("ZB1"), seen.isCurrent("ZB2")]).toEqual([false, true]);
  expect([seen.isDeclared("urn:build"), seen.isDeclared(buildToken), seen.isDeclared("urn:other")]).toEqual([
    true,
    true,
    false,
  ]);
});

test("a Build drops a Function when a version goes that no declared Function had", () => {
  const seen = new StackSeen();
  seen.known(functionToken, "urn:stays", version("ZN1", "/a"), { path: "/a" });
  seen.known(buildToken, "urn:build", build("ZB1", "ZN1", "ZN2"), {});
  // The Function that stays has a new version.
  seen.made(buildToken, "urn:build", "ZB2", { functionVersions: ["ZN3", "ZN2"] });
  expect(seen.mayDropFunctions("ZB1", "ZB2")).toBe(false);
  seen.made(buildToken, "urn:build", "ZB3", { functionVersions: ["ZN3"] });
  expect(seen.mayDropFunctions("ZB1", "ZB3")).toBe(true);
  expect(seen.mayDropFunctions("ZB0", "ZB3")).toBe(false);
});

test("a Build drops a Function too when that has another path from now on", () => {
  const seen = new StackSeen();
  seen.known(functionToken, "urn:moved", version("ZN1", "/a"), { path: "/b" });
  seen.known(buildToken, "urn:build", build("ZB1", "ZN1"), {});
  seen.made(buildToken, "urn:build", "ZB2", { functionVersions: ["ZN2"] });
  expect(seen.mayDropFunctions("ZB1", "ZB2")).toBe(true);
});
