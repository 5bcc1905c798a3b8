import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pulumiVersion } from "../../packages/cli/set-up/pulumi-version.mjs";

/**
 * Names the files that have another version than the one they follow.
 *
 * @param first the file that leads, and what it says
 * @param versions that the others say, by file
 */
export function versionFaults(
  [leader, own]: readonly [file: string, version: string],
  versions: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(versions)
    .filter(([, version]) => version !== own)
    .map(([file, version]) => `${file} has version ${version}, and ${leader} has ${own}; they move together`);
}

/** Where the Pulumi CLI's version stands again: the SDK that programs run with, and the sources that it is built from. */
const pulumiAgain = {
  "package.json": /"@pulumi\/pulumi": "(\S+)"/,
  "packages/cli/set-up/pulumi-go/cli/go.mod": /pulumi\/pkg\/v3 v(\S+)/,
  "examples/go/go.mod": /pulumi\/sdk\/v3 v(\S+)/,
};

/** Names the packages here that do not move together, and what does not move with the Pulumi CLI. */
export function check(root: string): string[] {
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const found = (file: string, version: RegExp) => version.exec(read(file))?.[1] ?? "none";
  const versionIn = (file: string) =>
    file.endsWith(".json")
      ? (JSON.parse(read(file)) as { version: string }).version
      : found(file, /version = "([^"]+)"/);
  const packages = readdirSync(join(root, "packages")).map((name) => `packages/${name}/package.json`);
  const files = [...packages, "sdks/twilio/package.json", "packages/provider/version.ts"];
  return [
    ...versionFaults(
      ["package.json", versionIn("package.json")],
      Object.fromEntries(files.map((file) => [file, versionIn(file)])),
    ),
    ...versionFaults(
      ["packages/cli/set-up/pulumi-version.mjs", pulumiVersion],
      Object.fromEntries(Object.entries(pulumiAgain).map(([file, version]) => [file, found(file, version)])),
    ),
  ];
}
