/** A project: the folder of a `Pulumi.yaml`, with the stages, templates, Functions and Assets that are in it. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { readFunctions, type BundledFunction } from "@support-line/functions-runtime/sources";
import { z } from "zod";
import { ProjectError, StageError } from "./errors.ts";
import { projectName, yamlIn } from "./project-folder.ts";
import { readStage, type Stage } from "./stage.ts";
import { loadTemplate, templatesIn, type Template } from "./templates/load.ts";

/** A project as it lies in its folder. What is in the folder is read when it is asked for. */
export interface Project {
  /** Absolute. */
  readonly folder: string;
  /** As `Pulumi.yaml` says it: the namespace of the configuration, and part of names at Twilio. */
  readonly name: string;
  /** Folder of Functions, one file a path. */
  readonly functionsFolder: string;
  /** Folder of the Functions of adopted lines, one folder a line. */
  readonly adoptedFolder: string;
  readonly assetsFolder: string;
  readonly templatesFolder: string;

  /** Names of the stages that have a file, `Pulumi.<stage>.yaml`. */
  stageNames(): string[];
  /**
   * Reads a stage from its file. Values that Pulumi keeps encrypted stay closed.
   *
   * @throws StageError when there is no such file, or it has a fault
   */
  stage(name: string): Stage;
  /** The stages that can be read; what is wrong with the others is said where they are checked. */
  readableStages(): Stage[];
  /** Files of templates: `support.json`, … */
  templateFiles(): string[];
  /**
   * A template with its bindings.
   *
   * @throws TemplateError
   */
  template(name: string): Promise<Template>;
  /**
   * Every Function, as it would be uploaded; they are built once.
   *
   * @throws FunctionsError naming the files that cannot be built, or answer at one path
   */
  functions(): Promise<readonly BundledFunction[]>;
  /**
   * What a Build installs: the same `twilio` that the project is tested with.
   *
   * @throws ProjectError when `package.json` does not name one
   */
  buildDependencies(): Record<string, string>;
}

/**
 * Opens a project.
 *
 * @param folder that holds its `Pulumi.yaml`
 * @throws ProjectError when there is none, or it names no project
 */
export function openProject(folder: string): Project {
  const root = resolve(folder);
  const name = projectName(root);
  const templatesFolder = join(root, "flow-templates");
  const functionsFolder = join(root, "functions");
  let functions: Promise<readonly BundledFunction[]> | undefined;
  const project: Project = {
    folder: root,
    name,
    functionsFolder,
    adoptedFolder: join(functionsFolder, "adopted"),
    assetsFolder: join(root, "assets"),
    templatesFolder,
    stageNames: () => readdirSync(root).flatMap((file) => /^Pulumi\.([^.]+)\.yaml$/.exec(file)?.[1] ?? []),
    stage: (stage) => readStage(name, stage, valuesIn(root, name, stage)),
    readableStages: () => project.stageNames().flatMap((stage) => readable(project, stage)),
    templateFiles: () => templatesIn(templatesFolder),
    template: (template) => loadTemplate(templatesFolder, template),
    functions: () =>
      (functions ??= isFolder(functionsFolder) ? readFunctions(functionsFolder) : Promise.resolve([])),
    buildDependencies: () => ({ twilio: twilioVersion(root), "@twilio/runtime-handler": "2.1.0" }),
  };
  return project;
}

const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();

/** What a stage file says under the project's name, without it. */
function valuesIn(root: string, project: string, stage: string): Record<string, unknown> {
  const file = join(root, `Pulumi.${stage}.yaml`);
  if (!existsSync(file)) {
    throw new StageError({ project, name: stage }, [
      { key: "*", value: undefined, problem: "is not there: the stage has no file" },
    ]);
  }
  const { config } = (yamlIn(file) ?? {}) as { config?: Record<string, unknown> | null };
  const prefix = `${project}:`;
  const own = Object.entries(config ?? {}).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
}

function readable(project: Project, stage: string): Stage[] {
  try {
    return [project.stage(stage)];
  } catch (error) {
    if (error instanceof StageError) return [];
    throw error;
  }
}

const packageShape = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

function twilioVersion(root: string): string {
  const file = join(root, "package.json");
  const { dependencies, devDependencies } = packageShape.parse(
    existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {},
  );
  const version = dependencies["twilio"] ?? devDependencies["twilio"];
  if (version !== undefined) return version;
  throw new ProjectError(
    `${file} has no twilio among its dependencies, and Functions are built with it: npm install --save-exact twilio`,
  );
}
