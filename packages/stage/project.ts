/** A project: the folder of a `Pulumi.yaml`, with the stages, templates, Functions and Assets that are in it. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  checkPaths,
  findAssets,
  findFunctions,
  readAssets,
  readFunctions,
  type BundledFunction,
  type ReadAsset,
} from "@support-line/functions-runtime/sources";
import { z } from "zod";
import { ProjectError, StageError } from "./errors.ts";
import { linesOf, pathOf } from "./lines-of-file.ts";
import type { StageName } from "./names.ts";
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
  /** What the templates' files call, by path without the first slash: `find-agent`, whoever runs them. */
  calledByTemplates(): ReadonlySet<string>;
  /**
   * A template with its bindings.
   *
   * @throws TemplateError
   */
  template(name: string): Promise<Template>;
  /**
   * Names of the Functions, without building them.
   *
   * @throws FunctionsError naming two files that answer at one path, an Asset's among them, or one whose path Twilio does not
   * take
   */
  functionNames(): string[];
  /** Paths of the Assets that anybody may read, without reading them: `/prices.html`. */
  assetNames(): string[];
  /**
   * The Assets, each with its content.
   *
   * @throws FunctionsError as `functionNames`
   */
  assets(): ReadAsset[];
  /**
   * Every Function, as it would be uploaded; they are built once.
   *
   * @throws FunctionsError naming the files that cannot be built, or answer at one path
   */
  functions(): Promise<readonly BundledFunction[]>;
  /** What keeps the Pulumi program from running at all, before anything of a stage is looked at. */
  programFaults(): string[];
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
    stage: (stage) => withLines(root, stage, name, () => readStage(name, stage, valuesIn(root, name, stage))),
    readableStages: () => project.stageNames().flatMap((stage) => readable(project, stage)),
    templateFiles: () => templatesIn(templatesFolder),
    calledByTemplates: () => called(templatesFolder),
    template: (template) => loadTemplate(templatesFolder, template),
    functionNames: () => {
      checkPaths(functionsFolder, project.assetsFolder);
      return isFolder(functionsFolder) ? findFunctions(functionsFolder).map((each) => each.name) : [];
    },
    assetNames: () =>
      isFolder(project.assetsFolder)
        ? findAssets(project.assetsFolder).flatMap(({ path, visibility }) =>
            visibility === "public" ? path : [],
          )
        : [],
    assets: () => (isFolder(project.assetsFolder) ? readAssets(project.assetsFolder) : []),
    functions: () =>
      (functions ??= isFolder(functionsFolder) ? readFunctions(functionsFolder) : Promise.resolve([])),
    programFaults: () => programFaults(root),
    buildDependencies: () => ({ twilio: twilioVersion(root), "@twilio/runtime-handler": "2.1.0" }),
  };
  return project;
}

const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();

const calledUrl = /https?:\/\/[^/\s"'`]+\/([^?#\s"'`]+)/g;

/** A template that cannot be read calls what its text says, so that a fault of one changes no other stage. */
function called(folder: string): Set<string> {
  const texts = templatesIn(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  return new Set(texts.flatMap((text) => [...text.matchAll(calledUrl)].map(([, path = ""]) => path)));
}

/**
 * Reads a stage; its faults say where they stand in the file.
 *
 * @throws StageError
 */
export function withLines<Read>(root: string, stage: string, project: string, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    const file = join(root, `Pulumi.${stage}.yaml`);
    if (!(error instanceof StageError) || !existsSync(file)) throw error;
    const lineOf = linesOfStage(file, project);
    const faults = error.faults.map((fault) => {
      const line = fault.line ?? lineOf(fault.key);
      return line === undefined ? fault : { ...fault, line };
    });
    throw new StageError({ project, name: stage }, faults);
  }
}

/** The line of a key, `lines[0].agents`, in a stage file; of one that is not there, of what it would stand in. */
export function linesOfStage(file: string, project: string): (key: string) => number | undefined {
  const lineOf = linesOf(readFileSync(file, "utf8"));
  return (key) => {
    const [first = "", ...rest] = pathOf(key);
    return lineOf(["config", `${project}:${String(first)}`, ...rest]);
  };
}

/** What a stage file says under the project's name, without it. */
function valuesIn(root: string, project: string, stage: string): Record<string, unknown> {
  const file = join(root, `Pulumi.${stage}.yaml`);
  if (!existsSync(file)) {
    throw new StageError({ project, name: stage }, [
      { key: "*", value: undefined, problem: "is not there: the stage has no file" },
    ]);
  }
  const { config } = stageYaml(file, { project, name: stage });
  const prefix = `${project}:`;
  const own = Object.entries(config ?? {}).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
}

/** @throws StageError when it is no YAML */
function stageYaml(file: string, named: StageName): { config?: Record<string, unknown> | null } {
  try {
    return yamlIn(file) ?? {};
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    const problem = error.message.slice(error.message.indexOf("is not YAML"));
    const [, line] = /^is not YAML, line (\d+)/.exec(problem) ?? [];
    throw new StageError(named, [
      { key: "*", value: undefined, problem, ...(line === undefined ? {} : { line: Number(line) }) },
    ]);
  }
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

/** Pulumi requires the program, and Node takes its file for what the nearest package.json says. */
function programFaults(root: string): string[] {
  const file = join(root, "package.json");
  if (!existsSync(join(root, "infra", "main.ts"))) return [];
  const { type } = z
    .looseObject({ type: z.string().optional() })
    .parse(existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {});
  return type === "module"
    ? []
    : ['package.json says nothing of modules, and infra/main.ts is one: write "type": "module" into it'];
}

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
