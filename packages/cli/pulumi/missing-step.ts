/** What has to be done once before a stage is deployed for the first time: each missing step says itself and its command. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { yamlIn } from "@support-line/stage/project-folder";
import type { CommandLine } from "./command-line.ts";
import { needsStack } from "./stage-of.ts";

interface Place {
  /** null when the call is about none. */
  readonly stage: string | null;
  /** Folder of the project. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Nobody is logged in to a state backend, and nothing names one: what to do. Null when there is one. */
export function missingLogin({ help }: CommandLine, { stage, root, env }: Place): string | null {
  if (stage === null || help || isLoggedIn(root, env)) return null;
  return [
    `Stage ${stage} needs a place for its state, and you are logged in to none. One of:`,
    "  npx pulumi login                      Pulumi Cloud",
    "  npx pulumi login s3://<bucket>        a bucket of yours; azblob:// and gs:// as well",
    "  npx pulumi login --local              this machine alone",
    `then: npx pulumi stack init ${stage}`,
  ].join("\n");
}

function isLoggedIn(root: string, env: NodeJS.ProcessEnv): boolean {
  if ((env.PULUMI_BACKEND_URL ?? "") !== "" || (env.PULUMI_ACCESS_TOKEN ?? "") !== "") return true;
  const { backend } = (yamlIn(join(root, "Pulumi.yaml")) ?? {}) as {
    readonly backend?: { readonly url?: unknown };
  };
  if (typeof backend?.url === "string") return true;
  const file = join(env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "credentials.json");
  if (!existsSync(file)) return false;
  try {
    const { current } = JSON.parse(readFileSync(file, "utf8")) as { readonly current?: unknown };
    return typeof current === "string" && current !== "";
  } catch {
    // Pulumi reads it itself, and says what is wrong with it.
    return true;
  }
}

/** After a call that failed: whether it did because the stage has no stack yet, and what makes one. Null: not that. */
export function missingStack(
  line: CommandLine,
  { stage, pulumi, root, env }: Place & { readonly pulumi: string },
): string | null {
  if (stage === null || line.help || !needsStack(line)) return null;
  const listed = spawnSync(pulumi, ["stack", "ls", "--json", "--non-interactive"], {
    cwd: root,
    env,
    encoding: "utf8",
  });
  if (listed.status !== 0) return null;
  const names = (JSON.parse(listed.stdout) as { readonly name: string }[]).map(({ name }) => name);
  if (names.some((name) => name.slice(name.lastIndexOf("/") + 1) === stage)) return null;
  return `Stage ${stage} has no stack yet, where Pulumi keeps what it deployed. Once: npx pulumi stack init ${stage}`;
}
