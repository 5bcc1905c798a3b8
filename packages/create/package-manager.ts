/** The package manager that a person began with installs their project too. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { managers, type Answers } from "./answers.ts";

export type Manager = Answers["manager"];

/** Files that a project needs for its package manager, by path. */
export const managerFiles: Readonly<Record<Manager, Readonly<Record<string, string>>>> = {
  npm: {},
  pnpm: { "pnpm-workspace.yaml": "ignoredBuiltDependencies:\n  - esbuild\n  - protobufjs\n" },
  // The Pulumi engine looks for packages in node_modules.
  yarn: { ".yarnrc.yml": "nodeLinker: node-modules\n" },
  bun: {},
};

/** Whose lockfile is whose. */
export const lockfiles: readonly (readonly [file: string, manager: Manager])[] = [
  ["package-lock.json", "npm"],
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
];

/** The package manager of a project that is there, by its lockfile. */
export const managerOf = (project: string): Manager =>
  lockfiles.find(([file]) => existsSync(join(project, file)))?.[1] ?? "npm";

/**
 * @param agent what package managers say of themselves to what they run, in `npm_config_user_agent`
 */
export const managerRunning = (agent = ""): Manager =>
  managers.find((name) => agent.startsWith(`${name}/`)) ?? "npm";

/** Installs a project; answers the exit code. */
export function install(manager: Manager, folder: string): Promise<number> {
  const own = process.env["npm_execpath"];
  // The very program that runs us, where it says which it is.
  const isOwn = own !== undefined && /\.[cm]?js$/.test(own) && basename(own).startsWith(manager);
  const [command, first] = isOwn ? [process.execPath, [own]] : [manager, []];
  return new Promise((resolve) => {
    const child = spawn(command, [...first, "install"], {
      cwd: folder,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, npm_config_audit: "false", npm_config_fund: "false" },
    });
    child.on("error", () => resolve(127));
    child.on("close", (code) => resolve(code ?? 1));
  });
}
