import { buildSync } from "esbuild";
import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

export type Visibility = "public" | "protected" | "private";

/** A Function as it is uploaded: one file of JavaScript with its dependencies inside, but for `twilio`. */
export interface BundledFunction {
  /** `add-support-agent` */
  readonly name: string;
  /** URL path, `/add-support-agent`. */
  readonly path: string;
  readonly visibility: Visibility;
  readonly code: string;
}

/** Packages that the Build installs, so that a bundle does not carry them. */
export const external = ["twilio"];

/** Files that are no Function: shared code and tests. */
const notAFunction = /(^|\/)shared\/|\.test\.ts$/;

/**
 * Bundles a folder of Functions, one file a path, named as Twilio's Serverless Toolkit names them:
 * `add-support-agent.protected.ts` is the protected Function at `/add-support-agent`
 * (https://www.twilio.com/docs/labs/serverless-toolkit/general-usage#visibility). The result depends on the sources
 * alone, so that an unchanged Function is not uploaded again.
 *
 * @param names which of them; the whole folder when it is not given
 * @throws Error of esbuild, with file and line, when a source cannot be bundled
 */
export function bundleFunctions(folder: string, names?: ReadonlySet<string>): BundledFunction[] {
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(sep).join("/"))
    .filter((file) => file.endsWith(".ts") && !notAFunction.test(file))
    .sort();
  return sources
    .map((file) => ({ file, ...describe(file) }))
    .filter(({ name }) => names?.has(name) ?? true)
    .map(({ file, ...described }) => ({ ...described, code: bundle(folder, file) }));
}

function describe(file: string): Omit<BundledFunction, "code"> {
  const [, name = "", visibility = "public"] = /^(.*?)(?:\.(protected|private))?\.ts$/.exec(file) ?? [];
  return { name, path: `/${name}`, visibility: visibility as Visibility };
}

function bundle(folder: string, file: string): string {
  const { outputFiles } = buildSync({
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
    logLevel: "silent",
    tsconfigRaw: {},
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`${relative(process.cwd(), join(folder, file))} gave no bundle`);
  return output.text;
}
