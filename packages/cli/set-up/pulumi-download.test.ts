import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { archive, downloaded, sumsIn } from "./pulumi-download.mjs";
import { pulumiVersion } from "./pulumi-version.mjs";

let folder = "";
let server: Server;
/** What the site has, by path. */
let site: Record<string, string | Buffer> = {};
/** What it was asked for. */
let asked: string[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "download-"));
  [site, asked] = [{}, []];
  server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const found = site[path];
    response.writeHead(found === undefined ? 404 : 200).end(found);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const bin = () => join(folder, "bin");
const sha256 = (content: Buffer) => createHash("sha256").update(content).digest("hex");

/** An archive as Pulumi makes one. */
function packed(): Buffer {
  const pulumi = join(folder, "pulumi");
  mkdirSync(pulumi);
  for (const name of ["pulumi", "pulumi-language-nodejs"]) writeFileSync(join(pulumi, name), "#!/bin/sh\n");
  execFileSync("tar", ["-czf", join(folder, archive), "-C", folder, "pulumi"]);
  return readFileSync(join(folder, archive));
}

const download = (sums: Record<string, string> = {}) => {
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const source = { archive: `${at}/archive`, list: `${at}/list`, sums };
  return downloaded(process.execPath, bin(), () => undefined, source);
};

test("an archive with the checksum that the package brings is taken, and no list is asked for", async () => {
  const content = packed();
  site = { "/archive": content };
  expect(await download({ [archive]: sha256(content) })).toBeNull();
  expect(existsSync(join(bin(), "pulumi"))).toBe(true);
  expect(asked).toEqual(["/archive"]);
});

test("an archive with another checksum is refused, whatever the published list says", async () => {
  const content = packed();
  site = { "/archive": content, "/list": `${sha256(content)}  ${archive}\n` };
  expect(await download({ [archive]: "0".repeat(64) })).toBe(
    `the checksum of ${archive} is not ${"0".repeat(64)}: what came is not what Pulumi released`,
  );
  expect(existsSync(bin())).toBe(false);
});

test("without one of the package's the published list has it", async () => {
  const content = packed();
  site = {
    "/archive": content,
    "/list": `${"1".repeat(64)}  another.tar.gz\n${sha256(content)}  ${archive}\n`,
  };
  expect(await download()).toBeNull();
  site["/list"] = `${"1".repeat(64)}  ${archive}\n`;
  expect(await download()).toContain("is not what Pulumi released");
});

test.each([
  ["no list", {}, /^there is no checksum for pulumi-v.*: 127\.0\.0\.1:\d+ answered 404$/],
  ["a list without it", { "/list": `${"1".repeat(64)}  another.tar.gz\n` }, /has no checksum of pulumi-v/],
  ["a list that is a page", { "/list": "<html>login</html>" }, /has no checksum of pulumi-v/],
])("with %s nothing is downloaded", async (_, more, problem) => {
  site = { "/archive": packed(), ...more };
  expect(await download()).toMatch(problem);
  expect(asked).toEqual(["/list"]);
  expect(existsSync(bin())).toBe(false);
});

test("a list has a sum and a name on each line", () => {
  const [one, other] = ["a".repeat(64), "b".repeat(64)];
  expect(sumsIn(`${one}  x.tar.gz\n${other} *y.zip\nshort  z\n`)).toEqual({
    "x.tar.gz": one,
    "y.zip": other,
  });
});

test("the package's sums are of the version that it downloads, one for each archive", () => {
  const file = new URL("pulumi-sums.json", import.meta.url);
  const sums = JSON.parse(readFileSync(file, "utf8")) as Record<string, Record<string, string>>;
  expect(Object.keys(sums)).toContain(pulumiVersion);
  for (const [version, byArchive] of Object.entries(sums)) {
    for (const [name, sum] of Object.entries(byArchive)) {
      expect(name).toMatch(new RegExp(`^pulumi-v${version}-(?:linux|darwin)-(?:x64|arm64)\\.tar\\.gz$`));
      expect(sum).toMatch(/^[0-9a-f]{64}$/);
    }
  }
});
