import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Names the packages that have another version than the repository: they move together.
 *
 * @param own the repository's
 * @param versions of the packages, by file
 */
export function versionFaults(own: string, versions: Readonly<Record<string, string>>): string[] {
  return Object.entries(versions)
    .filter(([, version]) => version !== own)
    .map(
      ([file, version]) => `${file} has version ${version}, and package.json has ${own}; they move together`,
    );
}

/** Names the packages here that do not move together. */
export function check(root: string): string[] {
  const versionIn = (file: string) => {
    const text = readFileSync(join(root, file), "utf8");
    return file.endsWith(".json")
      ? (JSON.parse(text) as { version: string }).version
      : (/version = "([^"]+)"/.exec(text)?.[1] ?? "none");
  };
  const packages = readdirSync(join(root, "packages")).map((name) => `packages/${name}/package.json`);
  const files = [...packages, "sdks/twilio/package.json", "packages/provider/version.ts"];
  return versionFaults(
    versionIn("package.json"),
    Object.fromEntries(files.map((file) => [file, versionIn(file)])),
  );
}
