/** `upgrade-support-line`: what `npm run upgrade` runs, from the version that a project is taken to. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { CreateError } from "../errors.ts";
import { ownSource } from "../own-source.ts";
import { install, managerOf } from "../package-manager.ts";
import type { ProjectFile } from "../project/files.ts";
import { recordName, type ProjectRecord } from "../project/record.ts";
import { UpgradeError } from "./errors.ts";
import { migrations } from "./migrations.ts";
import { upgrade, type UpgradeFlags } from "./upgrade.ts";

/** The nearest folder upward that was written by `create`; the one where the person stands, when there is none. */
function projectFolder(): string {
  for (let at = process.cwd(); ; at = dirname(at)) {
    if (existsSync(join(at, recordName))) return at;
    if (dirname(at) === at) return process.cwd();
  }
}

/** Has an earlier version of this package write its files again. */
function makeAgain({ version, answers }: ProjectRecord): Promise<ReadonlyMap<string, ProjectFile>> {
  const folder = mkdtempSync(join(tmpdir(), "support-line-"));
  try {
    const target = join(folder, "made");
    const words = [
      "exec",
      "--yes",
      `--package=create-support-line@${version}`,
      "--",
      "create-support-line",
      target,
    ];
    const { status, stderr } = spawnSync(
      "npm",
      [...words, "--no-install", "--answers", JSON.stringify(answers)],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`create-support-line@${version} cannot be had: ${reasonIn(stderr)}`);
    const paths = readdirSync(target, { recursive: true, encoding: "utf8" }).filter(
      (path) => path !== recordName && statSync(join(target, path)).isFile(),
    );
    const read = (path: string): ProjectFile => ({
      text: readFileSync(join(target, path), "utf8"),
      isExecutable: (statSync(join(target, path)).mode & 0o111) !== 0,
    });
    return Promise.resolve(new Map(paths.map((path) => [path, read(path)] as const)));
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const reasonIn = (stderr: string): string =>
  stderr
    .split("\n")
    .map((line) => line.replace(/^npm (error|ERR!) ?/i, "").trim())
    .find((line) => line !== "" && !line.startsWith("code ")) ?? "npm gave no reason";

/** The project's own command, as it is installed now. */
function verify(project: string): Promise<number> {
  for (let at = project; ; at = dirname(at)) {
    const command = join(at, "node_modules", ".bin", "support-line");
    if (existsSync(command)) {
      return new Promise((resolve) => {
        const child = spawn(command, ["upgrade", "--stages"], { cwd: project, stdio: "inherit" });
        child.on("error", () => resolve(1));
        child.on("close", (code) => resolve(code ?? 1));
      });
    }
    if (dirname(at) === at) return Promise.resolve(1);
  }
}

async function main(flags: UpgradeFlags): Promise<void> {
  const folder = projectFolder();
  const changelog = fileURLToPath(new URL("../CHANGELOG.md", import.meta.url));
  const manager = managerOf(folder);
  process.exitCode = await upgrade(
    {
      folder,
      source: ownSource(),
      changelog: existsSync(changelog) ? readFileSync(changelog, "utf8") : "",
      migrations,
      makeAgain,
      install: () => install(manager, folder),
      installCommand: `${manager} install`,
      verify: () => verify(folder),
      say: console.log,
    },
    flags,
  );
}

try {
  await new Command("upgrade-support-line")
    .description("Takes a project's files and packages to this version; npm run upgrade runs it.")
    .option("--dry-run", "say what would be, and change nothing")
    .action(main)
    .parseAsync();
} catch (error) {
  if (!(error instanceof UpgradeError) && !(error instanceof CreateError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
