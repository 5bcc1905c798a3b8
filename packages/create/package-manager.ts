/** The package manager that a person began with installs their project too. */
import { spawn } from "node:child_process";
import { basename } from "node:path";
import type { ProjectFile } from "./project/files.ts";

export interface PackageManager {
  readonly name: "npm" | "pnpm" | "yarn" | "bun";
  /** Files that a project needs for it. */
  readonly files: ReadonlyMap<string, ProjectFile>;
}

const none: PackageManager["files"] = new Map();
const file = (path: string, text: string): PackageManager["files"] =>
  new Map([[path, { text, isExecutable: false }]]);

/**
 * @param agent what package managers say of themselves to what they run, in `npm_config_user_agent`
 */
export function packageManager(agent = ""): PackageManager {
  const [, name = "npm", major = "0"] = /^(npm|pnpm|yarn|bun)\/(\d+)/.exec(agent) ?? [];
  if (name === "pnpm") {
    return {
      name,
      files: file("pnpm-workspace.yaml", "ignoredBuiltDependencies:\n  - esbuild\n  - protobufjs\n"),
    };
  }
  if (name === "yarn") {
    // The Pulumi engine looks for packages in node_modules.
    return { name, files: Number(major) < 2 ? none : file(".yarnrc.yml", "nodeLinker: node-modules\n") };
  }
  return { name: name === "bun" ? name : "npm", files: none };
}

/** Installs a project; answers the exit code. */
export function install({ name }: PackageManager, folder: string): Promise<number> {
  const own = process.env["npm_execpath"];
  // The very program that runs us, where it says which it is.
  const isOwn = own !== undefined && /\.[cm]?js$/.test(own) && basename(own).startsWith(name);
  const [command, first] = isOwn ? [process.execPath, [own]] : [name, []];
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
