/**
 * Folders of dependencies, one for each set, below the local Twilio's own folder. What the checkout has installed in a
 * fitting version is linked from there; the rest is installed by npm. A Function can so require what its Build
 * declares and nothing else, as on Twilio.
 */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { isOfThePlatform, satisfies, setName, type Dependency } from "./dependencies.ts";

const run = promisify(execFile);

/** The folder that holds the `node_modules` of a set; made when it is first asked for. Throws with npm's reason. */
export async function modulesFolder(below: string, dependencies: readonly Dependency[]): Promise<string> {
  const needed = dependencies.filter((dependency) => !isOfThePlatform(dependency));
  const folder = join(below, "modules", setName(needed));
  if (existsSync(folder)) return folder;
  const making = `${folder}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  try {
    mkdirSync(join(making, "node_modules"), { recursive: true });
    const links = needed.flatMap((dependency) => {
      const place = installedHere(dependency);
      return place === undefined ? [] : [{ name: dependency.name, place }];
    });
    const missing = needed.filter(({ name }) => !links.some((link) => link.name === name));
    if (missing.length > 0) await install(making, missing);
    for (const { name, place } of links) {
      mkdirSync(dirname(join(making, "node_modules", name)), { recursive: true });
      rmSync(join(making, "node_modules", name), { recursive: true, force: true });
      symlinkSync(place, join(making, "node_modules", name), "dir");
    }
    if (!existsSync(folder)) renameSync(making, folder);
    return folder;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** Where a dependency is installed for this package, as Node finds it, in a version that fits. */
function installedHere({ name, version }: Dependency): string | undefined {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const place = folders
    .map((folder) => join(folder, name))
    .find((each) => existsSync(join(each, "package.json")));
  if (place === undefined) return undefined;
  const manifest = JSON.parse(readFileSync(join(place, "package.json"), "utf8")) as { version?: string };
  return satisfies(manifest.version ?? "", version) ? place : undefined;
}

/** Installs with npm; install scripts do not run: what a Build uploads must not run on this machine before it is called. */
async function install(folder: string, dependencies: readonly Dependency[]): Promise<void> {
  const manifest = {
    private: true,
    dependencies: Object.fromEntries(dependencies.map(({ name, version }) => [name, version])),
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  const flags = [
    "install",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-package-lock",
    "--loglevel=error",
  ];
  try {
    await run("npm", flags, { cwd: folder, timeout: 240_000, env: withoutProxy() });
  } catch (error) {
    const text = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    const reason = text
      .split("\n")
      .map((line) => line.replace(/^npm (?:error|ERR!)\s*/, "").trim())
      .filter((line) => line !== "" && !/complete log|debug-0\.log|^code /.test(line))
      .slice(0, 3)
      .join(" ");
    throw new Error(`Some dependencies could not be validated. ${reason}`, { cause: error });
  }
}

/** npm goes to its registry, not through the proxy that stands in for Twilio. */
function withoutProxy(): NodeJS.ProcessEnv {
  const own = /^(?:https?_proxy|npm_config_(?:https?_)?proxy|npm_config_https_proxy)$/i;
  const pointsHere = (value: string | undefined): boolean =>
    /^https?:\/\/(?:127\.|localhost)/.test(value ?? "");
  return Object.fromEntries(
    Object.entries(process.env).filter(([name, value]) => !(own.test(name) && pointsHere(value))),
  );
}
