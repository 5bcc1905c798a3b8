import { createServer } from "node:http";
import { createRequire } from "node:module";
import { mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { modulesFolder } from "./modules.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "modules-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

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

/** A registry with one package in one version. */
async function registry() {
  const manifest = { name: "tiny-answer", version: "1.0.0", main: "index.js" };
  const tarball = packed({ "package.json": JSON.stringify(manifest), "index.js": "module.exports = 42;" });
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    if (request.url === "/tiny-answer.tgz") return void response.end(tarball);
    if (request.url !== "/tiny-answer") return void response.writeHead(404).end("{}");
    const dist = { tarball: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tiny-answer.tgz` };
    const body = {
      name: "tiny-answer",
      "dist-tags": { latest: "1.0.0" },
      versions: { "1.0.0": { ...manifest, dist } },
    };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("npm_config_registry", `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  vi.stubEnv("npm_config_cache", join(folder, "npm-cache"));
  vi.stubEnv("npm_config_fetch_retries", "0");
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
    const modules = await modulesFolder(folder, dependencies);
    const require = createRequire(join(modules, "index.js"));
    expect(require("tiny-answer")).toBe(42);
    const installed = resolve("node_modules/twilio");
    expect(realpathSync(join(modules, "node_modules/twilio"))).toBe(realpathSync(installed));

    const before = npm.asked();
    expect(await modulesFolder(folder, [...dependencies].reverse())).toBe(modules);
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
    await expect(modulesFolder(folder, wanted)).rejects.toThrow(reason);
    expect(npm.asked()).toBeGreaterThan(0);
    expect(readdirSync(join(folder, "modules"))).toEqual([]);
  },
);
