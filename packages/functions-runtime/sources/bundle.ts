/** One Function as it is uploaded: one file of JavaScript with what it imports inside. */
import { decode, encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";
import { build, type BuildFailure, type BuildOptions, type Message, type Plugin } from "esbuild";
import { readFileSync } from "node:fs";
import { basename, join, posix, resolve } from "node:path";
import { FunctionsError } from "../errors.ts";

/** Packages that the Build installs, so that a bundle does not carry them. */
export const external = ["twilio"];

/**
 * A Function as it is uploaded. JavaScript that imports nothing but Node's own modules and what the Build installs is taken as
 * it is, byte by byte, as Twilio's own tools take it; everything else is bundled.
 *
 * @param folder absolute path
 * @param file path in it
 * @throws FunctionsError `not-bundled`, with every fault that the bundler found and its place
 */
export async function code(folder: string, file: string): Promise<Code> {
  const { text, isAlone, sources } = await built(folder, file);
  return { code: isAlone ? readFileSync(join(folder, file), "utf8") : text, sources };
}

export interface Code {
  readonly code: string;
  /** Every file that it is made of, as absolute paths. */
  readonly sources: readonly string[];
}

interface Built {
  readonly text: string;
  /** Whether the source is JavaScript that runs as it is. */
  readonly isAlone: boolean;
  readonly sources: readonly string[];
}

/**
 * Bundles a Function. The result depends on what the sources say, and not on the folders they lie in, their line endings
 * or the machine: an unchanged Function is not uploaded again, wherever its sources have moved to.
 */
async function built(folder: string, file: string): Promise<Built> {
  const options = {
    entryPoints: [file],
    absWorkingDir: folder,
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    target: "node22",
    external,
    charset: "utf8",
    // So that an error names its place in the TypeScript; the sources themselves are not uploaded.
    sourcemap: "inline",
    sourcesContent: false,
    // At the end of the file they would stand under the paths of their files.
    legalComments: "inline",
    metafile: true,
    logLevel: "silent",
    tsconfigRaw: {},
  } as const satisfies BuildOptions;
  try {
    const first = await build(options);
    const commonJs = misread(folder, first.warnings);
    const { outputFiles, metafile } =
      commonJs.size === 0 ? first : await build({ ...options, plugins: [readAsCommonJs(folder, commonJs)] });
    const inputs = Object.entries(metafile.inputs);
    return {
      text: withoutPlaces(outputFiles[0]?.text ?? "", Object.keys(metafile.inputs)),
      isAlone: file.endsWith(".js") && inputs.length === 1 && inputs[0]?.[1].format !== "esm",
      sources: inputs.map(([path]) => resolve(folder, path)),
    };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    throw new FunctionsError("not-bundled", { faults: faultsOf(folder, error) });
  }
}

/**
 * Files of CommonJS that esbuild took for ES modules, because a package.json above says `"type": "module"`. What is uploaded
 * runs without that package.json: at Twilio a Function is what its text is.
 */
function misread(folder: string, warnings: readonly Message[]): ReadonlySet<string> {
  return new Set(
    warnings.flatMap(({ id, location }) =>
      id === "commonjs-variable-in-esm" && location !== null ? [resolve(folder, location.file)] : [],
    ),
  );
}

/** A file that a plugin has found is read by its text alone. */
function readAsCommonJs(folder: string, files: ReadonlySet<string>): Plugin {
  return {
    name: "read-as-commonjs",
    setup(bundler) {
      bundler.onResolve({ filter: /.*/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (pluginData === asked) return null;
        const found =
          kind === "entry-point"
            ? resolve(folder, path)
            : (await bundler.resolve(path, { kind, importer, resolveDir, pluginData: asked })).path;
        return files.has(found) ? { path: found } : null;
      });
    },
  };
}

const asked = Symbol("already asked of esbuild");

/** What a source is called in a bundle: a file of a package as the package has it, any other by its name alone. */
function nameOf(path: string): string {
  const packages = path.lastIndexOf("node_modules/");
  if (packages >= 0) return path.slice(packages + "node_modules/".length);
  // esbuild calls such a file by its folder too.
  return /\/index\.\w+$/.test(path) ? path.split("/").slice(-2).join("/") : posix.basename(path);
}

const mapPrefix = "//# sourceMappingURL=data:application/json;base64,";

/** Of a line in which a path became a name: the column where the path ended, and how much longer the name is. */
interface Shift {
  readonly after: number;
  readonly by: number;
}

/**
 * esbuild writes the path of each source in three places: a comment before it, the name of the function that a CommonJS
 * source is wrapped in, and the source map.
 */
function withoutPlaces(output: string, paths: readonly string[]): string {
  const names = new Map(paths.map((path) => [path, nameOf(path)]));
  const shifts: (Shift | undefined)[] = [];
  return output
    .replaceAll(/\r\n?/g, "\n")
    .split("\n")
    .map((line, at) => {
      if (line.startsWith(mapPrefix)) return mapWithoutPlaces(line, shifts);
      const [, before = "", path = "", after = ""] =
        /^(\/\/ )(.+)()$/.exec(line) ?? /^(\s+")(.+)("\(.*\) \{)$/.exec(line) ?? [];
      const name = names.get(path);
      if (name === undefined) return line;
      shifts[at] = { after: before.length + path.length, by: name.length - path.length };
      return before + name + after;
    })
    .join("\n");
}

function mapWithoutPlaces(line: string, shifts: readonly (Shift | undefined)[]): string {
  const map = JSON.parse(Buffer.from(line.slice(mapPrefix.length), "base64").toString()) as {
    readonly sources: readonly string[];
    readonly mappings: string;
  };
  const lines = decode(map.mappings).map((segments, at) => {
    const { after = 0, by = 0 } = shifts[at] ?? {};
    return segments.map(([column, ...rest]): SourceMapSegment => {
      return [column >= after ? column + by : column, ...rest] as SourceMapSegment;
    });
  });
  const text = JSON.stringify({ ...map, sources: map.sources.map(nameOf), mappings: encode(lines) });
  return mapPrefix + Buffer.from(text).toString("base64");
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

/** `functions/hello.ts:1:24: Expected ")" but found ";"`, a line each. */
function faultsOf(folder: string, { errors }: BuildFailure): string {
  return errors
    .map(({ location, text }) =>
      location === null
        ? text
        : `${basename(folder)}/${location.file}:${location.line}:${location.column + 1}: ${text}`,
    )
    .join("\n");
}
