/**
 * After a deployment that ended well: what earlier ones made that were killed before they recorded it, and the program no
 * longer has, is deleted or named. The provider knows what was made, the state what is recorded; only here are both.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { yamlIn } from "@support-line/stage/project-folder";
import { z } from "zod";
import { withoutSecrets } from "../edge/secrets.ts";
import type { CommandLine } from "./command-line.ts";
import { openCreates } from "./journal.ts";

/** Commands after which the state is what the program says. */
const settling = new Set(["up", "update", "destroy", "down", "dn"]);

// What is wrong with these files, Pulumi says itself.
const project = z
  .object({ plugins: z.object({ providers: z.array(z.unknown()) }) })
  .catch({ plugins: { providers: [] } });
const ownProvider = z.object({ name: z.literal("twilio"), path: z.string() });
const stageFile = z.object({ config: z.record(z.string(), z.unknown()) }).catch({ config: {} });
const settings = z.record(z.string(), z.looseObject({ value: z.string().optional() }));

/** A deployment that ended well. */
export interface Deployed {
  /** Folder of the project. */
  readonly root: string;
  readonly project: string;
  readonly stage: string;
  /** The CLI, and what it ran in. */
  readonly pulumi: string;
  readonly env: NodeJS.ProcessEnv;
  /** When it began, in milliseconds of this machine's clock. */
  readonly began: number;
}

/** The project's own provider; null where it has none, or another's. */
export function providerOf(root: string): string | null {
  const { plugins } = project.parse(yamlIn(join(root, "Pulumi.yaml")));
  const [path] = plugins.providers.flatMap((each) => ownProvider.safeParse(each).data?.path ?? []);
  const file = path === undefined ? null : resolve(root, path, "pulumi-resource-twilio");
  return file !== null && existsSync(file) ? file : null;
}

/**
 * Looks. Where nothing was left it asks nobody.
 *
 * @returns what to tell, a line for each thing
 */
export function settleLeftBehind(
  { words: [command = ""], stack, help }: CommandLine,
  at: Deployed,
): string[] {
  if (help || !settling.has(command)) return [];
  const { root, stage, env } = at;
  const provider = providerOf(root);
  const open = openCreates({
    project: at.project,
    stage,
    configured: configuredJournal(root, stage),
    environment: env,
  });
  if (provider === null || open.length === 0) return [];
  const flag = stack === null ? [] : ["--stack", stack];
  try {
    const state: unknown = JSON.parse(printed(at.pulumi, ["stack", "export", ...flag], at));
    const config = settings.parse(
      JSON.parse(printed(at.pulumi, ["config", "--json", "--show-secrets", ...flag], at)),
    );
    const values = Object.entries(config).map(([key, { value }]) => [key, value ?? ""]);
    const input = JSON.stringify({ project: at.project, stack: stage, began: at.began, state });
    const own = { ...at, env: { ...env, PULUMI_CONFIG: JSON.stringify(Object.fromEntries(values)) } };
    return printed(provider, ["left-behind"], own, input).split("\n").filter(Boolean);
  } catch (error) {
    const reason = withoutSecrets(error instanceof Error ? error.message : String(error));
    return [
      `What became of creates of interrupted deployments (${open.length} in the journal) could not be looked up: ${reason.trim()}. The next npx pulumi up -s ${stage} looks again.`,
    ];
  }
}

function configuredJournal(root: string, stage: string): string | null {
  const file = join(root, `Pulumi.${stage}.yaml`);
  if (!existsSync(file)) return null;
  const journal = stageFile.parse(yamlIn(file)).config["twilio:journal"];
  return typeof journal === "string" && journal !== "" ? journal : null;
}

/** @throws Error with what it complained of */
function printed(
  command: string,
  words: readonly string[],
  { root, env }: Pick<Deployed, "root" | "env">,
  input = "",
): string {
  const { status, stdout, stderr, error } = spawnSync(command, words, {
    cwd: root,
    env,
    input,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status === 0) return stdout;
  throw error ?? new Error(stderr);
}
