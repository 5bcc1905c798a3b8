import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CliError } from "../errors.ts";

/**
 * Folder of the Pulumi CLI that set-up found or made for this checkout.
 *
 * @throws CliError when there is none
 */
export function pulumiFolder(root: string): string {
  const noted = join(root, ".tools", "pulumi", "found.json");
  if (!existsSync(noted)) throw new CliError("not-set-up");
  const { bin } = JSON.parse(readFileSync(noted, "utf8")) as { bin: string };
  if (!existsSync(join(bin, "pulumi"))) throw new CliError("not-set-up");
  return bin;
}
