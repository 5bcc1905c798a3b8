import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pulumiVersion } from "../../packages/cli/set-up/pulumi-version.mjs";

/** Where the SDK is, below the checkout. */
export const sdkFolder = "sdks/twilio";

/** The file that says which schema the SDK was made of. */
export const hashFile = "schema-hash.txt";

/** The fingerprint of what an SDK is made of: a schema, and the version of the generator. */
export function schemaHash(schema: string): string {
  return `${createHash("sha256").update(pulumiVersion).update(schema).digest("hex")}\n`;
}

/**
 * Writes the Node.js SDK of a schema with Pulumi's own generator, and beside it the fingerprint of the schema.
 *
 * @param generator the command `gen-sdk nodejs <schema.json> <folder>`
 * @param out emptied first, but for what was compiled
 */
export function writeSdk(generator: string, schemaFile: string, out: string): void {
  for (const entry of existsSync(out) ? readdirSync(out) : []) {
    if (entry !== "bin" && entry !== "node_modules") rmSync(join(out, entry), { recursive: true });
  }
  mkdirSync(out, { recursive: true });
  execFileSync(generator, ["nodejs", schemaFile, out], { stdio: ["ignore", "inherit", "inherit"] });
  // Pulumi's generator leaves it to those who publish to say where the compiled files are.
  const manifest = join(out, "package.json");
  const { name, version, ...rest } = JSON.parse(readFileSync(manifest, "utf8")) as Record<string, unknown>;
  writeFileSync(
    manifest,
    `${JSON.stringify({ name, version, private: true, main: "bin/index.js", ...rest }, null, 4)}\n`,
  );
  writeFileSync(join(out, hashFile), schemaHash(readFileSync(schemaFile, "utf8")));
}

/** Every source file of an SDK with its text. */
export function sdkSources(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((file) => !/^(bin|node_modules)[\\/]/.test(file))
    .sort();
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}
