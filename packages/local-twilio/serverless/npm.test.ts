import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openNpm } from "./npm.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "npm-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** An npm that does what a script says, first on PATH. */
function npmThat(script: string): string {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "npm"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, "npm"), 0o755);
  return `${bin}${delimiter}${process.env["PATH"] ?? ""}`;
}

/** Those of these processes that run: one that has ended, and that nobody has asked about, does not. */
function running(pids: readonly string[]): string[] {
  return pids.filter((pid) => {
    try {
      return !execFileSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" }).trim().startsWith("Z");
    } catch {
      return false;
    }
  });
}

const patience = { timeout: 30_000, interval: 50 };
const hangs = 'sleep 600 & echo "$$ $!" > pids.part && mv pids.part pids; wait';
const pidsIn = (file: string) => readFileSync(file, "utf8").trim().split(" ");

test("npm and what it started end with a server that is killed", async () => {
  const program = `const { openNpm } = await import(${JSON.stringify(new URL("npm.ts", import.meta.url).href)});
    await openNpm().run(["install"], { folder: ${JSON.stringify(folder)}, ms: 600_000 });`;
  const server = spawn(process.execPath, ["--input-type=module", "-e", program], {
    env: { ...process.env, PATH: npmThat(hangs) },
    stdio: "ignore",
  });
  const file = join(folder, "pids");
  await vi.waitFor(() => expect(existsSync(file)).toBe(true), patience);
  expect(running(pidsIn(file))).toHaveLength(2);
  server.kill("SIGKILL");
  await once(server, "exit");
  await vi.waitFor(() => expect(running(pidsIn(file))).toEqual([]), patience);
});

test.each([
  [
    "echo 'npm error code E404' >&2; echo 'npm error 404 no such package' >&2; exit 1",
    "E404",
    "404 no such package",
  ],
  ["exit 3", "unknown", ""],
])("what npm complains of is its own reason: %s", async (script, code, message) => {
  vi.stubEnv("PATH", npmThat(script));
  await expect(openNpm().run(["install"], { folder, ms: 60_000 })).rejects.toMatchObject({ code, message });
});

test("a machine without npm says so", async () => {
  vi.stubEnv("PATH", join(folder, "nothing"));
  await expect(openNpm().run(["install"], { folder, ms: 60_000 })).rejects.toMatchObject({
    message: expect.stringContaining("npm cannot be run") as string,
  });
});
