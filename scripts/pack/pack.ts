/** `npm run pack -- [--out <folder>] [--version <version>]`: every package as it is published, and its tarball. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeTarballs, tarballFaults } from "./tarballs.ts";
import { writePackages } from "./written.ts";

const root = process.cwd();
const { values } = parseArgs({ options: { out: { type: "string" }, version: { type: "string" } } });
const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
const out = values.out ?? join(root, ".state", "packages");
const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = process.env;

const folders = writePackages(root, out, {
  version: values.version ?? own.version,
  ...(GITHUB_REPOSITORY === undefined ? {} : { repository: `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}` }),
});
const tarballs = makeTarballs(folders, out);
for (const { name, size, unpackedSize, paths } of tarballs) {
  const kb = (bytes: number) => `${Math.ceil(bytes / 1000)} kB`.padStart(9);
  console.log(`${name.padEnd(34)}${kb(size)}${kb(unpackedSize)}${`${paths.length} files`.padStart(12)}`);
}
const faults = tarballFaults(tarballs);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
