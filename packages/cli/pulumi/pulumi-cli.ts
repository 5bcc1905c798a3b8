import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CliError } from "../errors.ts";
import { openReport } from "../report.mjs";
import { ensurePulumi } from "../set-up/pulumi.mjs";
import { SetupError } from "../set-up/setup-error.mjs";

/**
 * Folder of the Pulumi CLI that set-up found or made for a project, or for the workspace that it is part of.
 *
 * @throws CliError when there is none
 */
export function pulumiFolder(root: string): string {
  const noted = join(root, ".tools", "pulumi", "found.json");
  if (!existsSync(noted)) {
    if (dirname(root) === root) throw new CliError("not-set-up");
    return pulumiFolder(dirname(root));
  }
  const { bin } = JSON.parse(readFileSync(noted, "utf8")) as { bin: string };
  if (!existsSync(join(bin, "pulumi"))) throw new CliError("not-set-up");
  return bin;
}

/**
 * The same, for a command that needs it: in a project where nobody has looked for a CLI yet, it is found, downloaded or
 * built now, and standard error says so.
 *
 * @throws CliError when there is no way to one
 */
export async function readyPulumi(root: string): Promise<string> {
  try {
    return pulumiFolder(root);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
  }
  const report = openReport();
  try {
    return await ensurePulumi(root, report);
  } catch (error) {
    if (error instanceof SetupError) throw new CliError("no-pulumi", { problem: error.message });
    throw error;
  } finally {
    report.end();
  }
}
