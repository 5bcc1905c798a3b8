/**
 * Writes what follows from the rows of the API, the words and the examples: the examples in every language, the provider's schema, and
 * from it the SDK `@pulumi/twilio`. `--check` writes nothing and exits 1 when a committed file is not what would be written. Examples
 * and SDK take Pulumi's converters and generators, which are built with Go when something changed.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { readWritten, writtenPath, type Written } from "@support-line/provider/examples";
import { schemaText } from "@support-line/provider/schema";
import { ensureGoTool, genExamples, genSdk, goToolPath } from "../setup/go-tool.mjs";
import { examplesFingerprint, writeExamples } from "./write-examples.ts";
import { hashFile, schemaHash, sdkFolder, sdkSources, writeSdk } from "./write-sdk.ts";

const root = process.cwd();
const examplesFile = fileURLToPath(writtenPath);
const schemaFile = join(root, "packages/provider/schema.gen.json");
const sdk = join(root, sdkFolder);

const read = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : "");
const committed = readWritten();
const fingerprint = examplesFingerprint(schemaText(committed));
const examplesAreStale = committed.fingerprint !== fingerprint;
const isStale = (schema: string) => ({
  schema: read(schemaFile) !== schema,
  sdk: read(join(sdk, hashFile)) !== schemaHash(schema),
});

if (process.argv.includes("--check")) {
  const is = isStale(schemaText(committed));
  const stale = [
    ...(examplesAreStale || examplesDiffer() ? [examplesFile] : []),
    ...(is.schema ? [schemaFile] : []),
    ...(is.sdk || (!is.schema && sdkDiffers()) ? [sdk] : []),
  ];
  if (stale.length > 0) {
    console.error(`out of date, run npm run generate:\n  ${stale.join("\n  ")}`);
    process.exitCode = 1;
  }
} else {
  const written = examplesAreStale ? examplesFrom(await ensureGoTool(root, genExamples)) : committed;
  if (examplesAreStale) writeFileSync(examplesFile, `${JSON.stringify(written, null, 1)}\n`);
  const schema = schemaText(written);
  const is = isStale(schema);
  if (is.schema) writeFileSync(schemaFile, schema);
  if (is.sdk) writeSdk(await ensureGoTool(root, genSdk), schemaFile, sdk);
  console.log(is.sdk ? "provider       schema and SDK written" : "provider       schema and SDK are current");
}

/** The examples in every language, with the types of the schema as it is now. */
function examplesFrom(converter: string): Written {
  const draft = mkdtempSync(join(tmpdir(), "schema-"));
  try {
    const schema = join(draft, "schema.json");
    writeFileSync(schema, schemaText(committed));
    return writeExamples(converter, schema, fingerprint);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Whether the examples are not what the converters write, where these are at hand. */
function examplesDiffer(): boolean {
  const converter = goToolPath(root, genExamples);
  if (!existsSync(converter)) return false;
  return !isDeepStrictEqual(examplesFrom(converter), committed);
}

/** Whether the SDK is not what the generator writes, where the generator is at hand. */
function sdkDiffers(): boolean {
  const generator = goToolPath(root, genSdk);
  if (!existsSync(generator)) return false;
  const draft = mkdtempSync(join(tmpdir(), "sdk-"));
  try {
    writeSdk(generator, schemaFile, draft);
    const [made, kept] = [sdkSources(draft), sdkSources(sdk)];
    return made.size !== kept.size || [...made].some(([file, text]) => kept.get(file) !== text);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
