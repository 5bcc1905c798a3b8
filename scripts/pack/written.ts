/** Writes the folder that is published of each package: compiled files, data, commands, package.json, licence, README. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import { commandText } from "./command.ts";
import { compile } from "./compile.ts";
import { oldestNode, packages, type Packed } from "./packages.ts";
import { writeTemplate } from "./template.ts";
import { exportsOf, reachOf, readPackage, type PackageFile } from "./reach.ts";

export interface WriteOptions {
  /** Of every package; they move together. */
  readonly version: string;
  /** `https://github.com/owner/name`, where a release says where it comes from. */
  readonly repository?: string;
}

/**
 * Writes every package.
 *
 * @param root of the repository
 * @param out folder to make; each package is a folder in it
 * @returns the folders, in the order in which they can be published
 */
export function writePackages(root: string, out: string, options: WriteOptions): string[] {
  const reached = packages.map((packed) => ({ packed, reach: reachOf(root, packed) }));
  const compiled = compile(
    root,
    reached.flatMap(({ packed, reach }) => reach.files.map((file) => `${packed.folder}/${file}`)),
  );
  rmSync(out, { recursive: true, force: true });
  return reached.map(({ packed, reach }) => {
    const folder = join(out, packed.folder === "sdks/twilio" ? "pulumi-twilio" : basename(packed.folder));
    mkdirSync(folder, { recursive: true });
    const manifest = readPackage(root, packed.folder);
    for (const file of manifest.files) {
      cpSync(join(root, packed.folder, file), join(folder, file), { recursive: true, filter: travels });
    }
    for (const [path, text] of compiled) {
      if (path.startsWith(`${packed.folder}/`)) {
        write(join(folder, path.slice(packed.folder.length + 1)), text);
      }
    }
    for (const [name, module] of reach.commands) {
      const file = join(folder, manifest.bin[name] ?? "");
      const relative = posix.join(
        posix.relative(dirname(manifest.bin[name] ?? ""), "."),
        compiledName(module),
      );
      write(file, commandText(name, relative, oldestNode));
      chmodSync(file, 0o755);
    }
    if (packed.folder === "sdks/twilio") copySdk(join(root, packed.folder), folder, options.version);
    for (const [from, to] of [
      [join(root, "LICENSE"), "LICENSE"],
      [join(root, packed.folder, "README.md"), "README.md"],
    ] as const) {
      cpSync(from, join(folder, to));
    }
    if (packed.folder === "packages/create") {
      writeTemplate(root, join(folder, "template"));
      // An upgrade tells what changed since.
      cpSync(join(root, "CHANGELOG.md"), join(folder, "CHANGELOG.md"));
    }
    const text = packageText(packed, manifest, readdirSync(folder).sort(), options);
    write(join(folder, "package.json"), text);
    for (const [path, module] of reach.data) {
      if (!existsSync(join(folder, path))) {
        throw new Error(
          `${packed.folder}/${module} reads ${path}, which does not travel: name it among the files of ${packed.folder}/package.json.`,
        );
      }
    }
    return folder;
  });
}

/** What a folder of data holds besides it. */
const travels = (path: string) => !/\.test\.ts$|(^|\/)(testing|node_modules)(\/|$)/.test(path);

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const compiledName = (file: string) => file.replace(/\.ts$/, ".js");
const declarationName = (file: string) => file.replace(/\.(m|c)?(ts|js)$/, ".d.$1ts");

/** One export: what Node runs, and what the compiler reads. */
function exported(target: string): unknown {
  return /\.(ts|mjs|cjs)$/.test(target)
    ? { types: declarationName(target), default: compiledName(target) }
    : target;
}

/** Versions move together, and a package of ours takes those of its own release. */
function ownVersions(
  dependencies: Readonly<Record<string, string>>,
  version: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(dependencies).map(([name, range]) => [
      name,
      name.startsWith("@support-line/") ? version : range,
    ]),
  );
}

function packageText(
  packed: Packed,
  manifest: PackageFile,
  entries: readonly string[],
  { version, repository }: WriteOptions,
): string {
  const isSdk = packed.folder === "sdks/twilio";
  const exports = Object.entries(exportsOf(manifest, packed)).map(
    ([key, target]) => [key, exported(target)] as const,
  );
  const dependencies = ownVersions(manifest.dependencies, version);
  // Without the SDK's own `pulumi` the engine does not look for the provider at Pulumi's site: a project says where it is.
  const { main, peerDependenciesMeta, keywords } = manifest;
  const whole = {
    name: packed.publishedAs ?? manifest.name,
    version,
    description: manifest.description,
    keywords: keywords ?? ["twilio", "pulumi", "studio", "conversations"],
    license: "Apache-2.0",
    ...(repository === undefined
      ? {}
      : { repository: { type: "git", url: `git+${repository}.git`, directory: packed.folder } }),
    ...(isSdk ? { type: "commonjs", types: declarationName(String(main)) } : { type: "module" }),
    // Pulumi requires a policy pack by its folder, which `exports` do not answer.
    main,
    ...(Object.keys(manifest.bin).length === 0 ? {} : { bin: manifest.bin }),
    ...(exports.length === 0 ? {} : { exports: Object.fromEntries(exports) }),
    files: entries.filter((entry) => entry !== "package.json"),
    engines: { node: `>=${oldestNode}` },
    dependencies,
    peerDependencies: manifest.peerDependencies,
    peerDependenciesMeta,
    publishConfig: { access: "public" },
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/** The SDK as it is compiled. Its maps lead to sources that do not travel. */
function copySdk(from: string, to: string, version: string): void {
  const compiledSdk = join(from, "bin");
  if (!existsSync(compiledSdk)) throw new Error(`${compiledSdk} is not there: run npm run setup.`);
  for (const entry of readdirSync(compiledSdk, { recursive: true, encoding: "utf8" })) {
    if (!/\.(js|d\.ts)$/.test(entry)) continue;
    const text = readFileSync(join(compiledSdk, entry), "utf8");
    write(join(to, "bin", entry), text.replace(/^\/\/# sourceMappingURL=.*\n?/m, ""));
  }
  // The generated code reads its version beside itself.
  write(join(to, "bin", "package.json"), `${JSON.stringify({ version })}\n`);
}
