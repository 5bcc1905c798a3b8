/** A registry on this machine alone: Verdaccio, with every package of ours published, and the ordinary one behind it. */
import { execFile, execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { stringify } from "yaml";
import { freePort } from "../free-port.ts";

/** Its own package.json and lockfile: a registry is nothing that the repository runs on. */
const here = import.meta.dirname;

/** What the registry's folder installs, by name. */
export const tool = (name: string): string => join(here, "node_modules", ".bin", name);

export interface Registry {
  readonly url: string;
  /** Publishes the package of each folder, under a tag: `latest` is what people get who name none. */
  publish(folders: readonly string[], tag?: string): Promise<void>;
  stop(): Promise<void>;
}

/** Installs the registry's own packages, unless they are there. */
export function installTools(): void {
  const { dependencies } = JSON.parse(readFileSync(join(here, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  if (Object.keys(dependencies).every((name) => existsSync(join(here, "node_modules", name)))) return;
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-workspaces"], {
    cwd: here,
    stdio: "pipe",
  });
  // Bun's script puts the program of this system in its place, and is the one that is run.
  execFileSync(process.execPath, ["install.js"], { cwd: join(here, "node_modules", "bun"), stdio: "pipe" });
}

/**
 * Starts one.
 *
 * @param folder of its own, where what is published stays
 */
export async function startRegistry(folder: string): Promise<Registry> {
  installTools();
  mkdirSync(folder, { recursive: true });
  const upstream = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim();
  const ours = { access: "$all", publish: "$all" };
  writeFileSync(
    join(folder, "config.yaml"),
    stringify({
      storage: "./storage",
      auth: { htpasswd: { file: "./htpasswd" } },
      uplinks: { ordinary: { url: upstream, timeout: "60s", max_fails: 40 } },
      packages: {
        "@support-line/*": ours,
        "create-support-line": ours,
        "**": { access: "$all", proxy: "ordinary" },
      },
      max_body_size: "100mb",
      log: { type: "file", path: "./log.txt", level: "warn" },
    }),
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const script = join(here, "node_modules", "verdaccio", "bin", "verdaccio");
  const words = [script, "--config", "config.yaml", "--listen", `127.0.0.1:${port}`];
  const child = spawn(process.execPath, words, { cwd: folder, stdio: "ignore" });
  await listens(child, url);
  // Anybody may publish here, and npm publishes with a token or not at all.
  const npmrc = join(folder, "npmrc");
  writeFileSync(npmrc, `registry=${url}\n//127.0.0.1:${port}/:_authToken=of-a-test\n`);
  return {
    url,
    async publish(folders, tag = "latest") {
      const words = [
        "publish",
        "--userconfig",
        npmrc,
        "--ignore-scripts",
        "--provenance=false",
        "--tag",
        tag,
      ];
      // Two at once: each is one process that mostly waits for its own start.
      const waiting = [...folders];
      const work = async () => {
        for (let each = waiting.shift(); each !== undefined; each = waiting.shift()) {
          await promisify(execFile)("npm", [...words, each], { cwd: folder });
        }
      };
      await Promise.all([work(), work()]);
    },
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill();
      }),
  };
}

async function listens(child: ChildProcess, url: string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error("Verdaccio ended before it listened");
    const answer = await fetch(`${url}-/ping`).catch(() => null);
    if (answer?.ok === true) return;
    await wait(100);
  }
}
