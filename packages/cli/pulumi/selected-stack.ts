import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The stack that `pulumi stack select` chose for a project, from where Pulumi keeps it: a file named after the
 * project and the path of its Pulumi.yaml (sdk/go/common/workspace in Pulumi's sources).
 *
 * @param root folder of Pulumi.yaml
 */
export function selectedStack(
  root: string,
  project: string,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  const home = environment.PULUMI_HOME ?? join(homedir(), ".pulumi");
  const hash = createHash("sha1").update(join(root, "Pulumi.yaml")).digest("hex");
  try {
    const text = readFileSync(join(home, "workspaces", `${project}-${hash}-workspace.json`), "utf8");
    const { stack } = JSON.parse(text) as { stack?: unknown };
    return typeof stack === "string" && stack !== "" ? stack : undefined;
  } catch {
    // Nobody has selected anything.
    return undefined;
  }
}
