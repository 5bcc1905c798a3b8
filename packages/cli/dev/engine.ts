/** The real engine, run apart: neither Ctrl-C nor the end of `npm run dev`, however sudden, stops it half-way. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { projectName } from "@support-line/stage/project-folder";
import { pulumiEnvironment } from "../pulumi/environment.ts";
import { folderOf, locksOn } from "../pulumi/file-backend.ts";
import { pulumiFolder } from "../pulumi/pulumi-cli.ts";
import { pulumiApart } from "../stage/pulumi.ts";
import { failureIn } from "../start/deploy.ts";

/** How a run ended: null when all is recorded, else what Pulumi said of its failure. */
export type Ended = string | null;

/**
 * Runs `pulumi up` for a stage of a project.
 *
 * @param look whether it looks first what is at Twilio. It must not where somebody edited a Flow: the provider sees such an
 * edit by its revision, and refuses to write over it.
 */
export async function up(root: string, stage: string, { look }: { readonly look: boolean }): Promise<Ended> {
  await freeLock(root, stage);
  const flags = ["--yes", "--skip-preview", "--suppress-outputs", ...(look ? ["--refresh"] : [])];
  const { code, output } = await pulumi(root, ["up", ...flags, "-s", stage]);
  return code === 0 ? null : failureIn(output);
}

/** A run that was killed with all that it had started leaves its lock behind; nobody else can hold it then. */
async function freeLock(root: string, stage: string): Promise<void> {
  const { PULUMI_BACKEND_URL: backend = "" } = pulumiEnvironment(
    root,
    stage,
    pulumiFolder(root),
    process.env,
  );
  const folder = folderOf(backend);
  if (folder === null) return;
  const locks = locksOn(folder, projectName(root), stage);
  if (locks.length > 0 && locks.every(({ isHeld }) => !isHeld)) {
    await pulumi(root, ["cancel", stage, "--yes"]);
  }
}

function pulumi(root: string, words: readonly string[]): Promise<{ code: number; output: string }> {
  const folder = join(root, ".state", "dev");
  mkdirSync(folder, { recursive: true });
  const log = join(folder, `${words[0] ?? "pulumi"}.log`);
  return pulumiApart([...words, "--color", "never"], { folder: root, log });
}
