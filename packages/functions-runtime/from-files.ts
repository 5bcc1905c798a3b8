/** A folder of Functions as a deployment, so that tests run them with no server at all. */
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { findDeployed, findFunctions } from "./sources/find.ts";
import type { DeployedFile, Deployment } from "./types.ts";

/** What a folder does not say. Everything has a value that suits a test. */
export interface FilesOptions extends Partial<Omit<Deployment, "functions" | "assets">> {
  /** Folder of Assets. */
  readonly assetsFolder?: string;
}

/**
 * Reads Functions, and Assets if there are any, as they would be deployed: named as Twilio's Serverless Toolkit names them
 * (`sources/naming.ts`), and bundled where they import something. Those of an adopted line are taken as they stand.
 *
 * @param folder absolute path
 * @throws FunctionsError `same-path`, `bad-path`, `not-bundled`, each naming the files
 */
export async function deploymentFromFiles(folder: string, options: FilesOptions = {}): Promise<Deployment> {
  const { assetsFolder, ...given } = options;
  // Loaded when it is needed: a host that runs what was uploaded has no use for a bundler.
  const { readAssets, readDeployedFunctions, readFunctions } = await import("./sources/index.ts");
  const read = isOfAdopted(folder) ? readDeployedFunctions(folder) : await readFunctions(folder);
  const functions = read.map(({ path, visibility, code }, at): DeployedFile => {
    return { sid: sid("ZH", at), path, visibility, content: Buffer.from(code) };
  });
  const assets = (assetsFolder === undefined ? [] : readAssets(assetsFolder)).map(
    ({ path, visibility, content }, at): DeployedFile => {
      return { sid: sid("ZH", functions.length + at), path, visibility, content };
    },
  );
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
    functions,
    assets,
  };
}

/**
 * The paths of the Functions in a folder, without building them: `/add-support-agent`.
 *
 * @param folder absolute path
 * @throws FunctionsError `same-path`, `bad-path`
 */
export function functionPathsIn(folder: string): string[] {
  return (isOfAdopted(folder) ? findDeployed(folder) : findFunctions(folder)).map(({ path }) => path);
}

/** Where the Assets lie that go with a folder of Functions: `assets`, for `functions/adopted/shop` in `assets/adopted/shop`. */
export function assetsFolderOf(folder: string): string {
  const above = dirname(folder);
  return isOfAdopted(folder)
    ? join(dirname(dirname(above)), "assets", basename(above), basename(folder))
    : join(above, "assets");
}

/** Whether the Functions of an adopted line lie there, whose every file of JavaScript is deployed as it stands. */
const isOfAdopted = (folder: string) => basename(dirname(folder)) === "adopted";

/** The folders above that hold a `node_modules`, nearest first. */
function modulesAbove(folder: string): string[] {
  const parent = dirname(folder);
  const above = parent === folder ? [] : modulesAbove(parent);
  return existsSync(join(folder, "node_modules")) ? [folder, ...above] : above;
}

function sid(prefix: string, at: number): string {
  return `${prefix}${String(at).padStart(32, "0")}`;
}
