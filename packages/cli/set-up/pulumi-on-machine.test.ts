import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { foundPulumi, notePulumi } from "./pulumi-found.mjs";
import { pulumiOnMachine } from "./pulumi-on-machine.mjs";
import { pulumiVersion } from "./pulumi-version.mjs";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "path-"));
  vi.stubEnv("PULUMI_HOME", join(folder, "home"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A folder with a CLI that says it is of a version. */
function install(name: string, version: string, files = ["pulumi", "pulumi-language-nodejs"]): string {
  const bin = join(folder, name);
  mkdirSync(bin, { recursive: true });
  for (const file of files) writeFileSync(join(bin, file), `#!/bin/sh\necho v${version}\n`, { mode: 0o755 });
  return bin;
}

const found = (...bins: string[]) => {
  vi.stubEnv("PATH", bins.join(delimiter));
  return pulumiOnMachine(join(folder, "checkout"));
};

test("the first on PATH that is new enough and has its language host beside it", async () => {
  const old = install("old", "3.249.0");
  const alone = install("alone", "3.999.0", ["pulumi"]);
  const major = install("major", "4.0.0");
  const good = install("good", "3.999.0");
  expect(await found(old, alone, major, good)).toEqual({ bin: good, version: "3.999.0", how: "found" });
  expect(await found(old, alone, major)).toBeNull();
});

test("a link on PATH leads to the folder that has the language host", async () => {
  const cellar = install("cellar", pulumiVersion);
  const links = join(folder, "links");
  mkdirSync(links);
  symlinkSync(join(cellar, "pulumi"), join(links, "pulumi"));
  expect(await found(links)).toMatchObject({ bin: cellar });
});

test("the checkout's own command is not taken for the CLI", async () => {
  expect(await found(install("checkout/node_modules/.bin", pulumiVersion))).toBeNull();
});

test("where Pulumi's installer puts it counts without being on PATH", async () => {
  const bin = install("home/bin", pulumiVersion);
  expect(await found()).toMatchObject({ bin });
});

test("a CLI that an earlier set-up noted is looked for anew once a newer one is needed", () => {
  const root = join(folder, "project");
  const bin = install("noted", "3.999.0");
  notePulumi(root, { bin, version: "3.999.0", how: "built" });
  expect(foundPulumi(root)).toMatchObject({ bin, version: "3.999.0" });
  notePulumi(root, { bin, version: "3.1.0", how: "built" });
  expect(foundPulumi(root)).toBeNull();
});
