/** `npm run stage -- leave`: a stage as what Twilio's own tools take, for those who go on without this project. */
import {
  readDeployedFunctions,
  readFunctions,
  type ReadAsset,
} from "@support-line/functions-runtime/sources";
import type { Command } from "commander";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { adoptedAssets, adoptedAssetsFolder } from "@support-line/stage/adopted-assets";
import { neededFunctions, type Project, type Stage } from "@support-line/stage";
import { CliError } from "../errors.ts";
import { projectHere } from "../project.ts";
import { deployCommand, leftFiles, type LeftFunction, type LeftStage } from "./leave-files.ts";
import { readDeployment } from "./leave-state.ts";

/**
 * Reads a deployed stage as somebody leaves with it. Asks Pulumi's state alone, and changes nothing.
 *
 * @throws CliError when the stage is not deployed; StageError when its file has a fault
 */
export async function leftStage(project: Project, name: string): Promise<LeftStage> {
  const stage = project.stage(name);
  const { functions, assets, unread, dependencies, runtime } = await functionsOf(project, stage);
  const { flows, ...deployment } = await readDeployment(name);
  const inOrder = flows.map(async ({ line, definition }) => {
    const flow = stage.lines.find((each) => each.name === line)?.flow;
    const order =
      flow === undefined ? [] : (await project.template(flow)).template.states.map((each) => each.name);
    // The state keeps widgets by name; people know them in the order of the template.
    const states = definition.states.toSorted(
      (one, other) => order.indexOf(one.name) - order.indexOf(other.name),
    );
    return { line, definition: { ...definition, states } };
  });
  return {
    stage: name,
    functions,
    assets,
    unread,
    dependencies,
    runtime,
    deployment: { ...deployment, flows: await Promise.all(inOrder) },
  };
}

interface Sources {
  readonly functions: readonly LeftFunction[];
  readonly assets: ReadonlyMap<string, Uint8Array>;
  readonly unread: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
  readonly runtime: string;
}

async function functionsOf(project: Project, stage: Stage): Promise<Sources> {
  if (stage.adopted === null) {
    const functions = await readFunctions(project.functionsFolder, await neededFunctions(project, stage));
    const assets = filesOf(project.assetsFolder, project.assets());
    return { functions, assets, unread: [], dependencies: project.buildDependencies(), runtime: "node22" };
  }
  const own = stage.adopted.functions;
  if (own === undefined) {
    return { functions: [], assets: new Map(), unread: [], dependencies: {}, runtime: "node22" };
  }
  return {
    functions: readDeployedFunctions(join(project.adoptedFolder, own.folder)),
    assets: filesOf(adoptedAssetsFolder(project, own.folder), adoptedAssets(project, own).files),
    unread: own.assetVersions,
    dependencies: own.dependencies,
    runtime: own.runtime ?? "node22",
  };
}

/** Assets by their paths in their folder. */
const filesOf = (folder: string, assets: readonly ReadAsset[]) =>
  new Map(assets.map(({ source, content }) => [relative(folder, source).split(sep).join("/"), content]));

/**
 * Writes the files into a folder.
 *
 * @throws CliError `folder-not-empty` when something is in it and nobody said that it may be written over
 */
export function writeFolder(
  folder: string,
  files: ReadonlyMap<string, string | Uint8Array>,
  isForced: boolean,
): void {
  if (!isForced && existsSync(folder) && readdirSync(folder).length > 0) {
    throw new CliError("folder-not-empty", { path: folder });
  }
  for (const [file, content] of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
}

/** Adds the verb. */
export function addLeave(program: Command): void {
  program
    .command("leave")
    .description(
      "Writes a deployed stage as files for Twilio's own tools: JavaScript for twilio-run, Flows for Studio's editor.",
    )
    .argument("<stage>", "local, dev, …")
    .requiredOption("--out <folder>", "a new or empty folder to write into")
    .option("--force", "write into a folder that is not empty")
    .action(
      async (name: string, { out, force = false }: { readonly out: string; readonly force?: boolean }) => {
        const left = await leftStage(projectHere(), name);
        // npm runs scripts at the top of the checkout; INIT_CWD is where the person stands.
        const folder = resolve(process.env["INIT_CWD"] ?? process.cwd(), out);
        const files = leftFiles(left);
        writeFolder(folder, files, force);
        console.log(
          [
            `Stage ${name} is in ${out}: ${[...files.keys()].join(", ")}`,
            "",
            "Next:",
            `  npx ${deployCommand(left)} --cwd ${out}`,
            `  npx pulumi stack rm ${name} --force      (Pulumi forgets the stage; nothing is deleted at Twilio)`,
            "From then on, edit the Flows in Studio's editor and the Functions here. Do not run pulumi destroy: it deletes.",
          ].join("\n"),
        );
      },
    );
}
