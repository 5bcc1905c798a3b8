/** A folder of Functions as a deployment, so that tests run them with no server at all. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { DeployedFile, Deployment } from "./types.ts";

/** What a folder does not say. Everything has a value that suits a test. */
export interface FilesOptions extends Partial<Omit<Deployment, "functions" | "assets">> {
  /** Folder of Assets. */
  readonly assetsFolder?: string;
}

/** Files that are no Function: shared code, tests, types. */
const noFunction = /(^|\/)(shared|node_modules)\/|\.(test|d)\.[jt]s$/;

/**
 * Reads Functions, and Assets if there are any, named as Twilio's Serverless Toolkit names them:
 * `add-support-agent.protected.ts` is the protected Function at `/add-support-agent`, `list.private.json` the private
 * Asset at `/list.json` (https://www.twilio.com/docs/labs/serverless-toolkit/general-usage#visibility). JavaScript is
 * taken as it is; TypeScript is bundled with what it imports, but for `twilio`.
 *
 * @param folder absolute path
 * @throws Error of esbuild, with file and line, when a source cannot be bundled
 */
export async function deploymentFromFiles(folder: string, options: FilesOptions = {}): Promise<Deployment> {
  const { assetsFolder, ...given } = options;
  const sources = sourcesIn(folder);
  const functions = sources.map(async (file, at): Promise<DeployedFile> => {
    const { path, visibility } = namedBySource(file);
    const content = file.endsWith(".ts") ? await bundled(folder, file) : readFileSync(join(folder, file));
    return { sid: sid("ZH", at), path, visibility, content };
  });
  const assets = (assetsFolder === undefined ? [] : filesIn(assetsFolder)).map((file, at): DeployedFile => {
    const [, stem = file, extension = ""] = /^(.*?)(\.[^./]+)?$/.exec(file) ?? [];
    const { path, visibility } = named(stem, extension);
    return {
      sid: sid("ZH", sources.length + at),
      path,
      visibility,
      content: readFileSync(join(assetsFolder ?? "", file)),
    };
  });
  return {
    accountSid: sid("AC", 0),
    authToken: "0".repeat(32),
    serviceSid: sid("ZS", 0),
    environmentSid: sid("ZE", 0),
    domainName: "functions-0000.twil.io",
    variables: {},
    modules: modulesAbove(folder),
    endpoint: null,
    ...given,
    functions: await Promise.all(functions),
    assets,
  };
}

/**
 * The paths of the Functions in a folder, without building them: `/add-support-agent`.
 *
 * @param folder absolute path
 */
export function functionPathsIn(folder: string): string[] {
  return sourcesIn(folder).map((file) => namedBySource(file).path);
}

function sourcesIn(folder: string): string[] {
  return filesIn(folder).filter((file) => /\.[jt]s$/.test(file) && !noFunction.test(file));
}

const namedBySource = (file: string) => named(file.replace(/\.[jt]s$/, ""), "");

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join("/"),
    )
    .sort();
}

function named(stem: string, extension: string): Pick<DeployedFile, "path" | "visibility"> {
  const [, name = stem, visibility] = /^(.*)\.(protected|private)$/.exec(stem) ?? [];
  const path = `/${name}${extension}`;
  return { path, visibility: visibility === "protected" || visibility === "private" ? visibility : "public" };
}

async function bundled(folder: string, file: string): Promise<Uint8Array> {
  // Loaded when it is needed: a host that runs what was uploaded has no use for a bundler.
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [file],
    absWorkingDir: folder,
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    target: "node22",
    external: ["twilio"],
    charset: "utf8",
    logLevel: "silent",
    tsconfigRaw: {},
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

/** The folders above that hold a `node_modules`, nearest first. */
function modulesAbove(folder: string): string[] {
  const parent = dirname(folder);
  const above = parent === folder ? [] : modulesAbove(parent);
  return existsSync(join(folder, "node_modules")) ? [folder, ...above] : above;
}

function sid(prefix: string, at: number): string {
  return `${prefix}${String(at).padStart(32, "0")}`;
}
