/**
 * Writes the provider's schema from the rows of the API, and from it the SDK `@pulumi/twilio`; `--check` writes
 * nothing and exits 1 when a committed file is not what would be written. The SDK takes Pulumi's generator, which is
 * built with Go when the schema changed.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureGenSdk, genSdkPath } from "../setup/gen-sdk.mjs";
import { schemaText } from "@support-line/provider/schema";
import { hashFile, schemaHash, sdkFolder, sdkSources, writeSdk } from "./write-sdk.ts";

const root = process.cwd();
const schemaFile = join(root, "packages/provider/schema.gen.json");
const sdk = join(root, sdkFolder);
const schema = schemaText();

const read = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : "");
const schemaIsStale = read(schemaFile) !== schema;
const sdkIsStale = read(join(sdk, hashFile)) !== schemaHash(schema);

if (process.argv.includes("--check")) {
  const stale = [
    ...(schemaIsStale ? [schemaFile] : []),
    ...(sdkIsStale || (!schemaIsStale && sdkDiffers()) ? [sdk] : []),
  ];
  if (stale.length > 0) {
    console.error(`out of date, run npm run generate:\n  ${stale.join("\n  ")}`);
    process.exitCode = 1;
  }
} else {
  if (schemaIsStale) writeFileSync(schemaFile, schema);
  if (sdkIsStale) writeSdk(await ensureGenSdk(root), schemaFile, sdk);
  console.log(
    sdkIsStale ? "provider       schema and SDK written" : "provider       schema and SDK are current",
  );
}

/** Whether the SDK is not what the generator writes, where the generator is at hand. */
function sdkDiffers(): boolean {
  const generator = genSdkPath(root);
  if (!existsSync(generator)) return false;
  const draft = mkdtempSync(join(tmpdir(), "sdk-"));
  try {
    writeSdk(generator, schemaFile, draft);
    const [made, committed] = [sdkSources(draft), sdkSources(sdk)];
    return made.size !== committed.size || [...made].some(([file, text]) => committed.get(file) !== text);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
