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
import { neededFunctions, type Project } from "@support-line/stage";
import { CliError } from "../errors.ts";
import { projectHere } from "../project.ts";
import { deployCommand, leftFiles, type LeftFunction, type LeftStage } from "./leave-files.ts";
import { forgetLine } from "./leave-forget.ts";
import { readDeployment } from "./leave-state.ts";
import { memoryIn, stageResources } from "./rollback-state.ts";
import { whatLeaves, type Leaving } from "./leave-which.ts";

/**
 * Reads a deployed stage as somebody leaves with it. Asks Pulumi's state alone, and changes nothing.
 *
 * @throws CliError when the stage is not deployed; StageError when its file has a fault
 */
export async function leftStage(project: Project, leaving: Leaving): Promise<LeftStage> {
  const { stage } = leaving;
  const { functions, assets, unread, dependencies, runtime } = await functionsOf(project, leaving);
  const { flows, ...deployment } = await readDeployment(leaving);
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
    stage: stage.name,
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

async function functionsOf(project: Project, { stage, functions: service }: Leaving): Promise<Sources> {
  if (stage.adopted === null) {
    const functions = await readFunctions(project.functionsFolder, await neededFunctions(project, stage));
    const assets = filesOf(project.assetsFolder, project.assets());
    return { functions, assets, unread: [], dependencies: project.buildDependencies(), runtime: "node22" };
  }
  const own = service === null ? undefined : stage.adopted.functions[service];
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
    .option("--line <name>", "only this line, of several that the stage has adopted")
    .option(
      "--forget",
      "take that line out of the stage afterwards: its file, its state; Twilio keeps it as it is",
    )
    .option("--force", "write into a folder that is not empty")
    .action(async (name: string, { out, line, forget = false, force = false }: Flags) => {
      const project = projectHere();
      const stage = project.stage(name);
      if (forget && line === undefined) {
        const lines = stage.lines.map((each) => each.name).join(", ");
        throw new CliError("forget-which", { stage: name, lines });
      }
      const leaving = whatLeaves(stage, line);
      if (forget && stage.lines.length < 2) throw new CliError("last-line-leaves", { stage: name });
      await refusePaused(leaving);
      const left = await leftStage(project, leaving);
      // npm runs scripts at the top of the checkout; INIT_CWD is where the person stands.
      const folder = resolve(process.env["INIT_CWD"] ?? process.cwd(), out);
      const files = leftFiles(left);
      writeFolder(folder, files, force);
      const forgotten = forget ? await forgetLine(project, leaving) : 0;
      console.log(leftText(left, leaving, { out, files: [...files.keys()], forgotten }));
    });
}

interface Flags {
  readonly out: string;
  readonly line?: string;
  readonly forget?: boolean;
  readonly force?: boolean;
}

/** @throws CliError `paused-leaves` */
async function refusePaused({ stage, line }: Leaving): Promise<void> {
  if (line === null) return;
  const { paused } = memoryIn(await stageResources(stage.name));
  if (line in paused) throw new CliError("paused-leaves", { stage: stage.name, line });
}

function leftText(
  left: LeftStage,
  { line, sharing }: Leaving,
  {
    out,
    files,
    forgotten,
  }: { readonly out: string; readonly files: readonly string[]; readonly forgotten: number },
): string {
  const { stage } = left;
  const deploy = `  npx ${deployCommand(left)} --cwd ${out}`;
  const edits =
    "From then on, edit the Flows in Studio's editor and the Functions here. Do not run pulumi destroy: it deletes.";
  if (line === null) {
    return [
      `Stage ${stage} is in ${out}: ${files.join(", ")}`,
      "",
      "Next:",
      deploy,
      `  npx pulumi stack rm ${stage} --force      (Pulumi forgets the stage; nothing is deleted at Twilio)`,
      edits,
    ].join("\n");
  }
  const shared = `Its Functions are also those of ${sharing.join(", ")}, which stays in stage ${stage}: deploy them from there alone, until each has its own.`;
  return [
    `Line ${line} of stage ${stage} is in ${out}: ${files.join(", ")}`,
    "",
    ...(forgotten > 0
      ? [
          `Stage ${stage} has it no more: ${forgotten} resources are out of its state, and nothing was changed at Twilio.`,
          `Template, Functions and Assets of ${line} may be deleted in the project.`,
        ]
      : []),
    ...(sharing.length > 0 ? [shared] : []),
    "Next:",
    ...(sharing.length > 0 ? [] : [deploy]),
    forgotten > 0
      ? `  npx pulumi preview -s ${stage}      (shows no change)`
      : `  the same command with --force --forget      (the stage forgets the line; nothing is deleted at Twilio)`,
    edits,
  ].join("\n");
}
