import { createServer } from "node:http";
import { createRequire } from "node:module";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openModules, type Modules, type ModulesOptions } from "./modules.ts";

let folder: string;
let modules: Modules;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "modules-"));
  modules = open();
});
afterEach(async () => {
  await modules.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function open(options: Omit<ModulesOptions, "below"> = {}): Modules {
  return openModules({ below: () => folder, ...options });
}

/** A tar archive of files, as npm packs them. */
function packed(files: Readonly<Record<string, string>>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const header = Buffer.alloc(512);
    header.write(`package/${name}`);
    header.write("0000644\0", 100);
    header.write("0000000\0".repeat(2), 108);
    header.write(`${Buffer.byteLength(content).toString(8).padStart(11, "0")}\0`, 124);
    header.write("00000000000\0", 136);
    header.write("        0", 148);
    header.write("ustar\0" + "00", 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    const body = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / 512) * 512);
    body.write(content);
    return [header, body];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** A registry with one package in two versions of a kilobyte each. */
async function registry() {
  const manifest = { name: "tiny-answer", version: "1.0.0", main: "index.js" };
  const source = `module.exports = 42; // ${"x".repeat(1000)}`;
  const tarball = packed({ "package.json": JSON.stringify(manifest), "index.js": source });
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    if (request.url === "/tiny-answer.tgz") return void response.end(tarball);
    if (request.url !== "/tiny-answer") return void response.writeHead(404).end("{}");
    const dist = { tarball: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tiny-answer.tgz` };
    const body = {
      name: "tiny-answer",
      "dist-tags": { latest: "1.0.0" },
      versions: {
        "1.0.0": { ...manifest, dist },
        "1.1.0": { ...manifest, version: "1.1.0", dist },
      },
    };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("npm_config_registry", `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  vi.stubEnv("npm_config_cache", join(folder, "npm-cache"));
  vi.stubEnv("npm_config_fetch_retries", "0");
  // As on a machine whose npm has never looked for a newer one.
  vi.stubEnv("npm_config_update_notifier", "true");
  vi.stubEnv("CI", undefined);
  return {
    asked: () => asked,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

test(
  "what the checkout has is linked, what it lacks is installed once, and both can be required",
  { timeout: 30_000 },
  async () => {
    await using npm = await registry();
    const dependencies = [
      { name: "twilio", version: "6.2.0" },
      { name: "tiny-answer", version: "^1.0.0" },
      { name: "@twilio/runtime-handler", version: "2.1.0" },
      { name: "util", version: "*" },
    ];
    const made = await modules.folderOf(dependencies);
    const require = createRequire(join(made, "index.js"));
    expect(require("tiny-answer")).toBe(42);
    const installed = resolve("node_modules/twilio");
    expect(realpathSync(join(made, "node_modules/twilio"))).toBe(realpathSync(installed));

    // What the library itself needs lies beside it, as npm would lay it.
    expect(typeof require("axios")).toBe("function");
    expect(() => require("vitest") as unknown).toThrow("Cannot find module 'vitest'");

    const before = npm.asked();
    expect(await modules.folderOf([...dependencies].reverse())).toBe(made);
    expect(npm.asked()).toBe(before);
  },
);

test(
  "what cannot be installed is an error with npm's reason, and leaves nothing half done",
  { timeout: 30_000 },
  async () => {
    await using npm = await registry();
    const wanted = [{ name: "tiny-answer", version: "9.9.9" }];
    const reason = /^Some dependencies could not be validated\. .*tiny-answer@9\.9\.9/;
    await expect(modules.folderOf(wanted)).rejects.toThrow(reason);
    expect(npm.asked()).toBeGreaterThan(0);
    expect(readdirSync(join(folder, "modules"))).toEqual([]);
  },
);

test("who asks for the same set at once waits for one installation", { timeout: 30_000 }, async () => {
  await using npm = await registry();
  const wanted = [{ name: "tiny-answer", version: "1.0.0" }];
  const [one, other] = await Promise.all([modules.folderOf(wanted), modules.folderOf(wanted)]);
  expect(one).toBe(other);
  // Once for what there is of it, once for the archive.
  expect(npm.asked()).toBe(2);
});

test("the registry is asked for what is not installed here", { timeout: 30_000 }, async () => {
  const of = (version: string) => [{ name: "tiny-answer", version }];
  {
    await using npm = await registry();
    expect(await modules.unknownOf(of("^1.0.0"))).toBeUndefined();
    expect(await modules.unknownOf(of("9.9.9"))).toEqual({ name: "tiny-answer", version: "9.9.9" });
    expect(await modules.unknownOf([{ name: "no-such-thing", version: "*" }])).toMatchObject({
      name: "no-such-thing",
    });
    expect(npm.asked()).toBeGreaterThan(0);
  }
  // It is out of reach now: the Build will tell.
  expect(await modules.unknownOf([{ name: "never-asked-for", version: "9.9.9" }])).toBeUndefined();
});

test("sets that nothing has deployed are removed when they take too much", { timeout: 30_000 }, async () => {
  await using npm = await registry();
  const of = (version: string) => [{ name: "tiny-answer", version }];
  const deployed = of("1.0.0");
  modules = open({ bytes: 1500, isDeployed: () => [deployed] });
  const kept = await modules.folderOf(deployed);
  const oldest = await modules.folderOf(of("1.1.0"));
  const newer = await modules.folderOf(of("^1.0.0"));
  const newest = await modules.folderOf(of("^1.1.0"));
  expect([kept, oldest, newer, newest].map((set) => existsSync(set))).toEqual([true, false, true, true]);
  expect(await modules.folderOf(of("1.1.0"))).toBe(oldest);
  expect(npm.asked()).toBeGreaterThan(0);
});

/** An npm that hangs, and has started something that hangs too. */
function hangingNpm(): { readonly started: () => Promise<number> } {
  const pidFile = join(folder, "child.pid");
  const script = `#!/bin/sh\nsleep 600 &\necho $! > ${pidFile}.draft\nmv ${pidFile}.draft ${pidFile}\nwait\n`;
  writeFileSync(join(folder, "npm"), script);
  chmodSync(join(folder, "npm"), 0o700);
  vi.stubEnv("PATH", `${folder}:${process.env["PATH"] ?? ""}`);
  return { started: () => vi.waitFor(() => Number(readFileSync(pidFile, "utf8")), { timeout: 10_000 }) };
}

/** Whether a process runs; one that nobody has waited for yet does not. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

test("an npm that hangs ends after its time, with all that it started", { timeout: 30_000 }, async () => {
  const npm = hangingNpm();
  modules = open({ installMs: 500 });
  const set = modules.folderOf([{ name: "tiny-answer", version: "1.0.0" }]);
  const failed = expect(set).rejects.toThrow("npm was not done after 0.5 s.");
  const pid = await npm.started();
  await failed;
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false));
  expect(readdirSync(join(folder, "modules"))).toEqual([]);
});

test("a stop ends npm, with all that it started", { timeout: 30_000 }, async () => {
  const npm = hangingNpm();
  const set = modules.folderOf([{ name: "tiny-answer", version: "1.0.0" }]);
  const failed = expect(set).rejects.toThrow("The local Twilio was stopped.");
  const pid = await npm.started();
  await modules.close();
  await failed;
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false));
});
