/** What a project's files say of a stage at one moment: its faults, or all that can be live before the engine has run. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readAssets, type Named } from "@support-line/functions-runtime/sources";
import { openProject, stageVariables, type Project, type Stage } from "@support-line/stage";
import { checkStage } from "@support-line/stage/check";
import { boundFlow, lineValues } from "@support-line/stage/templates";
import { statesToArray, type FlowDefinition } from "@support-line/studio";
import type { DeployedFile, Places } from "./deployed.ts";

/** A Function or an Asset of the project. */
export interface ProjectFile {
  readonly kind: DeployedFile["kind"];
  /** Its path in its folder: `add-support-agent.protected.ts`. */
  readonly file: string;
  readonly path: string;
  readonly visibility: string;
  /** SHA-256 of its content. */
  readonly hash: string;
  readonly content: Uint8Array;
}

export interface Snapshot {
  /** As `stage check` says them; with one there is nothing else. */
  readonly faults: readonly string[];
  /** By name of the line, bound: what would be published. */
  readonly flows: Readonly<Record<string, FlowDefinition>>;
  /** By name of the line: its template. */
  readonly templates: Readonly<Record<string, string>>;
  /** What the stage file tells the Functions, without what is encrypted: the engine alone opens that. */
  readonly variables: Readonly<Record<string, string>>;
  readonly files: readonly ProjectFile[];
}

/** What a snapshot is taken of. */
export interface Subject {
  readonly folder: string;
  readonly stage: string;
  /** Null: nothing is deployed yet, so that no Flow can be bound. */
  readonly places: Places | null;
}

/**
 * Takes one. Modules of the project (bindings, templates as code) are imported, and Node imports a file once: whoever
 * wants to see a later save takes it in a process of its own.
 *
 * @throws what is no fault of a stage, such as a module that throws something unknown
 */
export async function takeSnapshot({ folder, stage: name, places }: Subject): Promise<Snapshot> {
  const project = openProject(folder);
  const { faults } = await checkStage(project, name);
  const nothing = { faults, flows: {}, templates: {}, variables: {}, files: [] };
  if (faults.length > 0) return nothing;
  const stage = project.stage(name);
  // What an adopted line is made of is a program of its own: the engine alone deploys it.
  if (stage.adopted !== null) return nothing;
  return {
    faults,
    flows: places === null ? {} : await boundFlows(project, stage, places),
    templates: Object.fromEntries(stage.lines.map((line) => [line.name, line.flow])),
    variables: Object.fromEntries(
      Object.entries(stageVariables(stage)).filter(([key]) => !(key in stage.secrets)),
    ),
    files: await filesOf(project),
  };
}

async function boundFlows(project: Project, stage: Stage, places: Places): Promise<Snapshot["flows"]> {
  const flex =
    places.flex === null || stage.flex === null
      ? undefined
      : { ...places.flex, timeoutSeconds: stage.flex.answerWithin * 60 };
  const flows = await Promise.all(
    stage.lines.map(async (line): Promise<[string, FlowDefinition][]> => {
      const template = await project.template(line.flow);
      const values = lineValues(stage, line, places.functions, flex, places.assets);
      try {
        const { definition } = boundFlow(stage, template, values);
        return [[line.name, statesToArray(definition) as FlowDefinition]];
      } catch (error) {
        // The check has bound it. What is missing now is a place that only the engine can make, such as a new Function's.
        if (error instanceof Error && ["StudioError", "TemplateError"].includes(error.name)) return [];
        throw error;
      }
    }),
  );
  return Object.fromEntries(flows.flat());
}

async function filesOf(project: Project): Promise<ProjectFile[]> {
  const functions = (await project.functions()).map((each) =>
    fileOf("Function", each, Buffer.from(each.code)),
  );
  const assets = existsSync(project.assetsFolder) ? readAssets(project.assetsFolder) : [];
  return [
    ...functions,
    ...assets.map((each) => fileOf("Asset", { ...each, file: each.path.replace(/^\//, "") }, each.content)),
  ];
}

function fileOf(
  kind: ProjectFile["kind"],
  { file, path, visibility }: Named & { readonly file: string },
  content: Uint8Array,
): ProjectFile {
  return { kind, file, path, visibility, hash: createHash("sha256").update(content).digest("hex"), content };
}
