/**
 * What a preview and an `up` without a change take, beside what Pulumi takes for itself: an empty program, and the same
 * resources with a provider that does nothing. All of them take turns in one run, so that a busy moment falls on each.
 */
import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { pulumiEnvironment } from "../../packages/cli/pulumi/environment.ts";
import { pulumiFolder } from "../../packages/cli/pulumi/pulumi-cli.ts";
import { localStage } from "../../packages/cli/pulumi/stage-of.ts";
import { watchMemory } from "../harness/memory.ts";
import { writeProject } from "../harness/pulumi.ts";
import { percentile, type Row } from "../harness/row.ts";
import { root, type BenchStage } from "../harness/stage.ts";

/** Each variant runs this often, in turn. */
const rounds = 7;

const actions = [
  { what: "preview, no change", words: ["preview", "--expect-no-changes"] },
  { what: "up, no change", words: ["up", "--yes", "--skip-preview", "--expect-no-changes"] },
] as const;

/** A program, and how it is run. */
interface Variant {
  readonly what: string;
  readonly folder: string;
  /** Command and first words. */
  readonly command: readonly [string, ...string[]];
  readonly words: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

const state = z.object({
  deployment: z.object({
    resources: z.array(z.looseObject({ urn: z.string(), type: z.string() })),
  }),
});

/**
 * Measures the variants on a stage that is deployed and has no change.
 *
 * @param bench the deployed stage
 */
export async function besideBases(bench: BenchStage, progress: (text: string) => void): Promise<Row[]> {
  const bases = join(root, ".state", "bench", `bases-${process.pid}`);
  const bin = pulumiFolder(root);
  const env = pulumiEnvironment(root, localStage, bin, { ...process.env, ...bench.environment });
  const pulumi = join(bin, "pulumi");
  try {
    const empty = await base(join(bases, "empty"), "", { pulumi, env });
    const idle = await base(join(bases, "idle"), await recorded(pulumi, env), { pulumi, env });
    const ours = { folder: root, words: ["-s", localStage, "--config-file", bench.stageFile], env };
    const variants: readonly Variant[] = [
      { what: "an empty program", ...empty },
      { what: "a provider that does nothing", ...idle },
      { what: "ours", ...ours, command: [pulumi] },
      {
        what: "ours by node_modules/.bin/pulumi",
        ...ours,
        command: [join(root, "node_modules/.bin/pulumi")],
      },
      { what: "ours by npx pulumi", ...ours, command: ["npx", "pulumi"] },
    ];
    const rows: Row[] = [];
    for (const { what, words } of actions) {
      const samples = variants.map((): Took[] => []);
      for (let round = 1; round <= rounds; round++) {
        for (const [at, variant] of variants.entries()) {
          progress(`${what}, round ${round} of ${rounds}, ${variant.what}`);
          samples[at]?.push(await took(variant, words));
        }
      }
      rows.push(...rowsOf(what, variants, samples));
    }
    return rows;
  } finally {
    rmSync(bases, { recursive: true, force: true });
  }
}

interface Took {
  readonly seconds: number;
  /** Of the program, at its peak. */
  readonly megabytes: number;
}

/** What each may take over the one before: `npx pulumi` over the CLI, and the stage over a provider that does nothing. */
const limits = { "preview, no change": 0.25, "up, no change": 0.5, npx: 0.1, memory: 1.15 } as const;

function rowsOf(
  what: (typeof actions)[number]["what"],
  variants: readonly Variant[],
  samples: readonly Took[][],
): Row[] {
  const median = (at: number, of: keyof Took) =>
    percentile(
      (samples[at] ?? []).map((sample) => sample[of]),
      0.5,
    );
  const [, idle = NaN, ours = NaN, , npx = NaN] = variants.map((_, at) => median(at, "seconds"));
  return [
    ...variants.map((variant, at): Row => ({
      what: `${what}: ${variant.what}`,
      value: median(at, "seconds"),
      unit: "s",
    })),
    { what: `${what}: ours over doing nothing`, value: ours - idle, unit: "s", atMost: limits[what] },
    { what: `${what}: npx pulumi over the CLI`, value: npx - ours, unit: "s", atMost: limits.npx },
    {
      what: `${what}: memory of the program, times that of doing nothing`,
      value: median(2, "megabytes") / median(1, "megabytes"),
      unit: "",
      atMost: limits.memory,
    },
  ];
}

interface Cli {
  readonly pulumi: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A project with a provider that does nothing, deployed. @param resources JSON; nothing for an empty program */
async function base(folder: string, resources: string, { pulumi, env }: Cli): Promise<Omit<Variant, "what">> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "resources.json"), resources);
  const program = join(folder, "program.ts");
  writeFileSync(program, "export {};\n");
  const source = resources === "" ? program : join(root, "bench/deploy/literal-program.ts");
  writeProject(folder, "base", source, join(root, "bench/provider/nothing"));
  const own = {
    ...env,
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PWD: folder,
    // That Node keeps what it compiled is ours, not Pulumi's.
    NODE_COMPILE_CACHE: undefined,
  };
  const variant = { folder, command: [pulumi] as const, words: ["-s", localStage], env: own };
  const run = { what: "a base", ...variant };
  await took({ ...run, words: [] }, ["stack", "init", localStage]);
  await took(run, ["up", "--yes", "--skip-preview"]);
  return variant;
}

/** The stage's resources without the stack and the provider, which every program has, as JSON. */
async function recorded(pulumi: string, env: NodeJS.ProcessEnv): Promise<string> {
  const words = ["stack", "export", "--show-secrets", "-s", localStage];
  const run = { what: "the stage", folder: root, command: [pulumi] as const, words, env };
  const { resources } = state.parse(JSON.parse((await output(run, [])).stdout)).deployment;
  return JSON.stringify(resources.filter(({ type }) => !type.startsWith("pulumi:")));
}

/** One run, from the start of the command to its end. */
async function took(variant: Variant, words: readonly string[]): Promise<Took> {
  const begin = performance.now();
  const { memory } = await output(variant, words);
  const seconds = (performance.now() - begin) / 1000;
  return { seconds, megabytes: memory.get("Pulumi program") ?? NaN };
}

/** @throws Error with what was printed, when the command fails */
async function output(
  { folder, command: [command, ...first], words, env }: Variant,
  action: readonly string[],
): Promise<{ stdout: string; memory: ReadonlyMap<string, number> }> {
  const all = [...first, ...action, ...words, "--non-interactive"];
  const child = spawn(command, all, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const watch = child.pid === undefined ? undefined : watchMemory([child.pid]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise((resolve) => child.on("close", resolve));
  const memory = (await watch?.()) ?? new Map<string, number>();
  if (code !== 0) throw new Error(`${[command, ...all].join(" ")} failed\n${stdout}${stderr}`);
  return { stdout, memory };
}
