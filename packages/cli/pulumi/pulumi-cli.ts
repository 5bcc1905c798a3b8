import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CliError } from "../errors.ts";

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
