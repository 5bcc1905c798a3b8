/** The real Functions of a folder, and the Assets beside them, deployed on a local Twilio as the Serverless Toolkit deploys them. */
import { assetsFolderOf, deploymentFromFiles, type DeployedFile } from "@support-line/functions-runtime";
import { existsSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { Stub } from "./options.ts";
import type { Rest } from "./rest.ts";

export interface RealFunctionsOptions {
  /** Variables of the Environment, as the stage sets them; empty ones, as what a stage keeps encrypted is read, are left out. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Stand-ins for some of them, by name. */
  readonly answers?: Readonly<Record<string, Stub>>;
  /** Folder of the Assets that they find by `Runtime.getAssets()`, absolute; those beside theirs, where there are any. */
  readonly assets?: string;
}

/** The Functions of a folder, with their Variables. */
export class RealFunctions {
  readonly variables: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, Stub>>;
  readonly #folder: string;
  readonly #assets: string | undefined;
  #built: ReturnType<typeof deploymentFromFiles> | undefined;

  constructor(folder: string, { variables = {}, answers = {}, assets }: RealFunctionsOptions) {
    this.#folder = folder;
    const beside = assetsFolderOf(folder);
    this.#assets = assets ?? (existsSync(beside) ? beside : undefined);
    this.variables = variables;
    this.answers = answers;
  }

  /**
   * Deploys them by Twilio's REST API.
   *
   * @returns the domain, `https://functions-1234.twil.io`
   * @throws Error of esbuild, with file and line, when a source cannot be bundled
   */
  async deployOn(rest: Rest): Promise<string> {
    const { functions, assets, modules } = await (this.#built ??= deploymentFromFiles(this.#folder, {
      ...(this.#assets === undefined ? {} : { assetsFolder: this.#assets }),
    }));
    const api = "serverless.twilio.com/v1/Services";
    const service = await rest.made(api, {
      UniqueName: "functions",
      FriendlyName: "Functions",
      IncludeCredentials: "true",
    });
    const build = new FormData();
    build.set("Dependencies", JSON.stringify(dependenciesOf(functions, modules)));
    for (const [kind, files] of [
      ["Function", functions],
      ["Asset", assets],
    ] as const) {
      for (const each of files) {
        const holder = await rest.made(`${api}/${service}/${kind}s`, { FriendlyName: each.path });
        const versions = `serverless-upload.twilio.com/v1/Services/${service}/${kind}s/${holder}/Versions`;
        build.append(`${kind}Versions`, await rest.made(versions, uploadOf(kind, each)));
      }
    }
    const buildSid = await rest.made(`${api}/${service}/Builds`, build);
    await rest.idle();
    const environments = `${api}/${service}/Environments`;
    const environment = await rest.post(environments, { UniqueName: "test" });
    const { sid, domain_name: domain } = z
      .object({ sid: z.string(), domain_name: z.string() })
      .parse(environment);
    for (const [Key, Value] of Object.entries(this.variables)) {
      if (Value !== "") await rest.made(`${environments}/${sid}/Variables`, { Key, Value });
    }
    await rest.made(`${environments}/${sid}/Deployments`, { BuildSid: buildSid });
    return `https://${domain}`;
  }
}

/**
 * The real Functions of a folder. Their calls to Twilio reach the local Twilio of the script; `twilio.calls()` of a script
 * has all of them. Nothing leaves the machine.
 *
 * @param folder absolute path, files named as Twilio's Serverless Toolkit names them
 */
export function functionsFrom(folder: string, options: RealFunctionsOptions = {}): RealFunctions {
  return new RealFunctions(resolve(folder), options);
}

function uploadOf(kind: "Function" | "Asset", { path, visibility, content }: DeployedFile): FormData {
  const form = new FormData();
  form.set("Path", path);
  form.set("Visibility", visibility);
  const [type, name] =
    kind === "Function" ? ["application/javascript", "function.js"] : ["application/octet-stream", "asset"];
  form.set("Content", new Blob([new Uint8Array(content)], { type }), name);
  return form;
}

/** What the Functions require by name, in the version that is installed for them. */
function dependenciesOf(
  functions: readonly DeployedFile[],
  modules: readonly string[],
): { readonly name: string; readonly version: string }[] {
  const names = new Set(["twilio"]);
  for (const { content } of functions) {
    const source = Buffer.from(content).toString("utf8");
    for (const [, name = ""] of source.matchAll(
      /require\(["']((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^"']*)?["']\)/g,
    )) {
      if (!name.startsWith(".") && !isBuiltin(name)) names.add(name);
    }
  }
  return [...names].flatMap((name) => {
    const manifest = modules
      .map((folder) => join(folder, "node_modules", name, "package.json"))
      .find((file) => existsSync(file));
    if (manifest === undefined) return [];
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, "utf8")));
    return [{ name, version }];
  });
}
