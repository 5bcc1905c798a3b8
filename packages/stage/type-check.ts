/**
 * What TypeScript refuses in a project's Functions. The bundler takes types away unread, so that nothing but the compiler finds
 * them wrong. It needs seconds, and a check is to be instant: what it said is kept, and holds until one of the files that it read
 * changes.
 */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { z } from "zod";
import type { Project } from "./project.ts";

const keptSchema = z.object({
  /** By path: when it was changed last, and its size. */
  files: z.record(z.string(), z.string()),
  faults: z.array(z.string()),
});

/**
 * Every fault of the types in `functions/`, `functions/greet.ts:3:12: …` each; tests and adopted Functions are left out. None
 * where the project has no `tsconfig.json` or no TypeScript: then nobody asked for types.
 */
export async function typeFaults({ folder, functionsFolder }: Project): Promise<readonly string[]> {
  const compiler = compilerOf(folder);
  const needed = [join(folder, "tsconfig.json"), functionsFolder];
  if (compiler === null || !needed.every((path) => existsSync(path))) return [];
  const state = join(folder, ".state", "types");
  const keptFile = join(state, "said.json");
  const always = [...sourcesIn(functionsFolder), ...own.map((file) => join(folder, file))];
  const kept = readKept(keptFile);
  if (kept !== null && isAsItWas(kept.files, always)) return kept.faults;

  mkdirSync(state, { recursive: true });
  writeFileSync(join(state, "tsconfig.json"), JSON.stringify(configuration, null, 2));
  const said = await run(compiler, ["-p", state, "--pretty", "false", "--listFiles"], folder);
  const faults = faultsIn(said);
  const read = said.split("\n").filter((line) => existsSync(line) && !/[\\/]node_modules[\\/]/.test(line));
  const files = Object.fromEntries([...new Set([...always, ...read])].map((file) => [file, stampOf(file)]));
  writeFileSync(keptFile, JSON.stringify({ files, faults }));
  return faults;
}

/** What else decides what the compiler says. */
const own = ["tsconfig.json", "package.json", "package-lock.json"];

/**
 * The project's own settings, for what is deployed of `functions/`. JavaScript as the Serverless Toolkit has it says no types: it is
 * looked at where it begins with `// @ts-check`, whatever the project checks of its own scripts.
 */
const configuration = {
  extends: "../../tsconfig.json",
  compilerOptions: { noEmit: true, checkJs: false, incremental: true, tsBuildInfoFile: "./compiled.json" },
  include: ["../../functions"],
  exclude: ["../../functions/adopted", "../../functions/**/*.test.*", "../../node_modules"],
};

/** The project's own compiler. */
function compilerOf(folder: string): string | null {
  try {
    return createRequire(join(folder, "package.json")).resolve("typescript/lib/tsc.js");
  } catch {
    return null;
  }
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter(
      (file) =>
        /\.[jt]s$/.test(file) && !/(^|[\\/])node_modules[\\/]|^adopted[\\/]|\.test\.[jt]s$/.test(file),
    )
    .map((file) => join(folder, file));
}

const stampOf = (file: string): string => {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? "" : `${stats.mtimeMs} ${stats.size}`;
};

/** Nothing was changed, and nothing is new. */
const isAsItWas = (files: Readonly<Record<string, string>>, now: readonly string[]) =>
  now.every((file) => file in files) &&
  Object.entries(files).every(([file, stamp]) => stampOf(file) === stamp);

function readKept(file: string): z.output<typeof keptSchema> | null {
  if (!existsSync(file)) return null;
  try {
    return keptSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // Of another version, or cut short: the compiler is asked again.
    return null;
  }
}

/** What the compiler printed, however it ended: it ends with an error when it finds one. */
function run(compiler: string, words: readonly string[], folder: string): Promise<string> {
  const options = { cwd: folder, maxBuffer: 64e6 };
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, ...words], options, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}

/** `functions/greet.ts(3,12): error TS2322: …` as other faults are said; whatever else it finds is not the Functions'. */
function faultsIn(said: string): string[] {
  return [...said.matchAll(/^(functions\/[^\n(]+)\((\d+),(\d+)\): error (TS\d+): (.*)$/gm)].map(
    ([, file = "", line = "", column = "", code = "", problem = ""]) =>
      `${file}:${line}:${column}: ${problem} (${code})`,
  );
}
