/** One folder a run, in which the stages that test files begin with are deployed once. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    deployedStages: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "deployed-stages-"));
  project.provide("deployedStages", folder);
  return () => rm(folder, { recursive: true, force: true });
}
