/** What the files of a run share: a project, and a folder in which the stages that they begin with are deployed once. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { makeProject } from "./projects/project.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Folder of a project; nothing is written into it. */
    project: string;
    deployedStages: string;
  }
}

export async function setup(vitest: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "support-line-run-"));
  const [project, deployedStages] = [join(folder, "project"), join(folder, "deployed")];
  await Promise.all([mkdir(project), mkdir(deployedStages)]);
  await makeProject(project);
  vitest.provide("project", project);
  vitest.provide("deployedStages", deployedStages);
  return () => rm(folder, { recursive: true, force: true });
}
