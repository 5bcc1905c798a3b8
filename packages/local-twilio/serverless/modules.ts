/**
 * Folders of dependencies, one for each set, below the local Twilio's own folder. What the checkout has installed in a
 * fitting version is linked from there; the rest is installed by npm. A Function can so require what its Build
 * declares and nothing else, as on Twilio.
 */
import { limits } from "@support-line/functions-runtime";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { lstat, readdir, rm, stat, utimes } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { isOfThePlatform, satisfies, setName, type Dependency } from "./dependencies.ts";
import { NpmFailed, openNpm } from "./npm.ts";

export interface Modules {
  /**
   * The folder that holds the `node_modules` of a set; made when it is first asked for, and once, however many ask for it.
   *
   * @throws NpmFailed with npm's reason
   */
  folderOf(dependencies: readonly Dependency[]): Promise<string>;
  /** The first dependency that the registry does not know. One that cannot be asked for counts as known: the Build will tell. */
  unknownOf(dependencies: readonly Dependency[]): Promise<Dependency | undefined>;
  /** Ends what is being installed. */
  close(): Promise<void>;
}

export interface ModulesOptions {
  /** The local Twilio's folder. */
  readonly below: () => string;
  /** Sets that something has deployed: they are never removed. */
  readonly isDeployed?: () => readonly (readonly Dependency[])[];
  /** Limits, for tests. */
  readonly installMs?: number;
  readonly bytes?: number;
}

/** Where the sets are; nothing is read or made before it is asked for. */
export function openModules(options: ModulesOptions): Modules {
  const npm = openNpm();
  const making = new Map<string, Promise<string>>();
  const home = (): string => join(options.below(), "modules");

  const make = async (folder: string, needed: readonly Dependency[]): Promise<string> => {
    const draft = `${folder}.${process.pid}-${Math.random().toString(36).slice(2)}`;
    try {
      mkdirSync(join(draft, "node_modules"), { recursive: true });
      const here = needed.flatMap((dependency) => {
        const place = installedHere(dependency);
        return place === undefined ? [] : [{ name: dependency.name, place }];
      });
      const links = withTheirOwn(here);
      const missing = needed.filter(({ name }) => !here.some((link) => link.name === name));
      if (missing.length > 0) {
        writeManifest(draft, missing);
        await npm.run(install, { folder: draft, ms: options.installMs ?? limits.build.installMs });
      }
      const wanted = new Set(here.map(({ name }) => name));
      for (const { name, place } of links) {
        // What npm has installed goes before what a link brings along.
        if (!wanted.has(name) && existsSync(join(draft, "node_modules", name))) continue;
        mkdirSync(dirname(join(draft, "node_modules", name)), { recursive: true });
        rmSync(join(draft, "node_modules", name), { recursive: true, force: true });
        symlinkSync(place, join(draft, "node_modules", name), "dir");
      }
      renameSync(draft, folder);
      if (missing.length > 0) await prune(folder);
      return folder;
    } catch (error) {
      if (error instanceof NpmFailed && error.code !== "stopped") {
        const reason = `Some dependencies could not be validated. ${error.message}`;
        throw new NpmFailed(error.code, reason);
      }
      throw error;
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  };

  /** Removes the sets that were used longest ago, and what an interrupted installation has left, until the rest fits. */
  const prune = async (newest: string): Promise<void> => {
    const kept = new Set([newest, ...(options.isDeployed?.() ?? []).map((set) => folderFor(home(), set))]);
    const names = (await readdir(home())).filter(
      (name) => !making.has(join(home(), name.replace(/\..*/, ""))),
    );
    const sets = await Promise.all(
      names.map(async (name) => {
        const folder = join(home(), name);
        return { folder, used: (await stat(folder)).mtimeMs, bytes: await bytesIn(folder) };
      }),
    );
    let left = options.bytes ?? limits.build.modules;
    for (const { folder, bytes } of sets.sort((one, other) => other.used - one.used)) {
      if (kept.has(folder)) continue;
      left -= bytes;
      if (left < 0 || folder.includes(".", home().length)) await rm(folder, { recursive: true, force: true });
    }
  };

  return {
    async folderOf(dependencies) {
      const needed = dependencies.filter((dependency) => !isOfThePlatform(dependency));
      const folder = folderFor(home(), needed);
      const begun = making.get(folder);
      if (begun !== undefined) return begun;
      if (existsSync(folder)) {
        await utimes(folder, new Date(), new Date());
        return folder;
      }
      const made = make(folder, needed).finally(() => making.delete(folder));
      making.set(folder, made);
      return made;
    },
    async unknownOf(dependencies) {
      const needed = dependencies.filter((dependency) => !isOfThePlatform(dependency));
      if (existsSync(folderFor(home(), needed))) return undefined;
      mkdirSync(home(), { recursive: true });
      const asked = needed.filter((dependency) => installedHere(dependency) === undefined);
      const answers = await Promise.all(
        asked.map(async ({ name, version }) => {
          try {
            const words = ["view", `${name}@${version}`, "version", "--json"];
            await npm.run(words, { folder: home(), ms: limits.build.checkMs });
            return true;
          } catch (error) {
            return !(error instanceof NpmFailed) || error.code !== "E404";
          }
        }),
      );
      return asked[answers.indexOf(false)];
    },
    close: () => npm.close(),
  };
}

function folderFor(home: string, dependencies: readonly Dependency[]): string {
  return join(home, setName(dependencies.filter((dependency) => !isOfThePlatform(dependency))));
}

/** Install scripts do not run: what a Build uploads must not run on this machine before it is called. */
const install = [
  "install",
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--no-package-lock",
  "--loglevel=error",
];

function writeManifest(folder: string, dependencies: readonly Dependency[]): void {
  const manifest = {
    private: true,
    dependencies: Object.fromEntries(dependencies.map(({ name, version }) => [name, version])),
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
}

/** Where a dependency is installed for this package, as Node finds it, in a version that fits. */
function installedHere({ name, version }: Dependency): string | undefined {
  const place = placeOf(createRequire(import.meta.url), name);
  if (place === undefined) return undefined;
  return satisfies(manifestOf(place).version ?? "", version) ? place : undefined;
}

/**
 * Modules, and those that they need, by npm's way: what a dependency brings lies beside it, where a Function can require it too.
 * Twilio's own templates do.
 */
function withTheirOwn(modules: readonly Module[]): Module[] {
  const found = new Map(modules.map(({ name, place }) => [name, place]));
  // Grows while it is walked.
  for (const place of found.values()) {
    const from = createRequire(join(realpathSync(place), "package.json"));
    const { dependencies = {} } = manifestOf(place);
    for (const name of Object.keys(dependencies)) {
      if (found.has(name)) continue;
      const folder = placeOf(from, name);
      if (folder !== undefined) found.set(name, folder);
    }
  }
  return [...found].map(([name, place]) => ({ name, place }));
}

interface Module {
  readonly name: string;
  readonly place: string;
}

function manifestOf(place: string): { version?: string; dependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(join(place, "package.json"), "utf8")) as ReturnType<typeof manifestOf>;
}

function placeOf(from: NodeJS.Require, name: string): string | undefined {
  return (from.resolve.paths(name) ?? [])
    .map((folder) => join(folder, name))
    .find((each) => existsSync(join(each, "package.json")));
}

/** What a folder takes, what it links to left out. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => (await lstat(join(entry.parentPath, entry.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
