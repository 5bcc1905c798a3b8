/** Deployments of the reference stage under faults with the real CLI, some with a process killed on the way. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { defaultAccount, startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { disagreements, snapshot, type Seen } from "./agreement.ts";
import { control, faultsIn, loggedCalls } from "./control.ts";
import { end, isRunning, processesBelow, type Running } from "./processes.ts";
import type { Deployment } from "./protocol.ts";
import { randomNumbers } from "../../e2e/random.ts";
import type { Said } from "./reference-stage.ts";
import { stateOf, withoutPending } from "./state-file.ts";
import { severeRulesOf } from "./rules.ts";

const root = process.cwd();
const { bin } = JSON.parse(readFileSync(join(root, ".tools/pulumi/found.json"), "utf8")) as { bin: string };

/** Which process dies on the way. */
export type Victim = "nobody" | "provider" | "CLI";

const agents = "hush-AGENTS-hush";
const said = { agents, wording: "An agent has joined" };

/** How long after the first call of a deployment its victim dies, at most. */
const latestDeathMs = 2_500;

/**
 * Deploys under the faults of a seed, frees the stack as a person would, deploys once more without faults with
 * refresh, and looks whether both sides agree.
 */
export async function deployForReal(seed: number, victim: Victim): Promise<Deployment> {
  const random = randomNumbers(seed ^ 0xc11);
  return onStage(`${victim}-${seed}`, async (stage) => {
    const { folder, local } = stage;
    for (const rule of severeRulesOf(seed)) await control(local.endpoint, "faults", "POST", rule);
    const rough = await roughDeployment(folder, local.endpoint, victim, random() * latestDeathMs);
    const calls = await loggedCalls(local.endpoint);
    await control(local.endpoint, "faults", "DELETE");
    const problems = await recovered(stage, said);
    return {
      seed,
      problems,
      calls: calls.length,
      faults: faultsIn(calls),
      failed: rough.code === 0 ? 0 : 1,
      died: rough.died,
    };
  });
}

/** What changes a stage that is deployed: in place, or by things that replace others. */
const changes = [
  { what: "an update", said: { agents: `${agents}-2`, wording: "Somebody has joined" }, program: {} },
  { what: "a replacement", said, program: { KEY: "AGENTS_NOW", ADDRESS: "+15550100002" } },
] as const;
const victims = ["CLI", "provider"] as const;

/** Kills that there are: each change, each victim, at each of its first calls. */
export const killsAtACall = changes.length * victims.length * 5;

/**
 * Deploys cleanly, changes what is deployed with a process that dies when one of the change's calls is done at Twilio, and
 * deploys once more. The seed says which change, which process and which call.
 */
export async function killAtACall(seed: number): Promise<Deployment> {
  const change = changes[seed % changes.length] ?? changes[0];
  const victim = victims[Math.floor(seed / changes.length) % victims.length] ?? "CLI";
  const at = 1 + (Math.floor(seed / changes.length / victims.length) % 5);
  return onStage(`${victim}-at-${seed}`, async (stage) => {
    const { folder, local } = stage;
    const problems = failed(await pulumi(folder, ["up", "--yes", "--skip-preview"]), "the first up");
    await control(local.endpoint, "calls", "DELETE");
    const program = { ...environmentOf(change.said), ...change.program };
    const rough = await dyingAt(at, stage, victim, program);
    const calls = await loggedCalls(local.endpoint);
    problems.push(...(await recovered(stage, change.said, program)));
    const named = problems.map((problem) => `${change.what}, ${victim} killed at call ${at}: ${problem}`);
    return {
      seed,
      problems: named,
      calls: calls.length,
      faults: 0,
      failed: rough.code === 0 ? 0 : 1,
      died: rough.died,
    };
  });
}

interface Stage {
  readonly folder: string;
  readonly local: LocalTwilio;
  /** What Twilio had before anything was deployed. */
  readonly before: Seen;
}

/** A stack of its own at a local Twilio of its own, for as long as something is tried on them. */
async function onStage(name: string, work: (stage: Stage) => Promise<Deployment>): Promise<Deployment> {
  // Below the checkout, where the program finds its packages.
  const folder = join(root, ".state", "faults", `${process.pid}-${name}`);
  mkdirSync(join(folder, "state"), { recursive: true });
  const local = await startLocalTwilio({ folder: join(folder, "twilio"), port: 0 });
  try {
    const before = seenAt(local);
    prepare(folder);
    const problems = failed(await pulumi(folder, ["stack", "init", "test"]), "stack init");
    configure(folder, local);
    const over = await work({ folder, local, before });
    return { ...over, problems: [...problems, ...over.problems] };
  } finally {
    await local.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a person does after a failure, and whether both sides agree then. */
async function recovered(
  { folder, local, before }: Stage,
  now: Said,
  program: NodeJS.ProcessEnv = environmentOf(now),
): Promise<string[]> {
  const problems = await free(folder);
  const clean = await pulumi(folder, ["up", "--yes", "--skip-preview", "--refresh"], program);
  problems.push(...failed(clean, "the clean up"));
  const exported = await pulumi(folder, ["stack", "export", "--show-secrets"]);
  problems.push(...failed(exported, "stack export"));
  if (exported.code === 0) {
    problems.push(...disagreements(stateOf(exported.stdout), before, seenAt(local), now));
  }
  return [...problems, ...leaks(join(folder, "state"))];
}

/** An `up` whose victim dies when so many of its calls are done; it may be over before. */
async function dyingAt(
  calls: number,
  { folder, local }: Stage,
  victim: "CLI" | "provider",
  program: NodeJS.ProcessEnv,
): Promise<Ran & { died: boolean }> {
  const { child, ran } = start(folder, ["up", "--yes", "--skip-preview"], program);
  const { pid } = child;
  if (pid === undefined) return { ...(await ran), died: false };
  let left = calls;
  const done = Promise.withResolvers<void>();
  const unwatch = local.onRequest(() => {
    left -= 1;
    if (left > 0) return;
    if (victim === "CLI" && left === 0) child.kill("SIGKILL");
    done.resolve();
  });
  const over = Promise.race([done.promise, ran]);
  // Whose parent is gone is nobody's child: they are looked for while it lives.
  let family: readonly Running[] = [];
  for (let waits = true; waits; waits = await Promise.race([over.then(() => false), sleep(50, true)])) {
    const found = await processesBelow(pid);
    if (found.length > 0) family = found;
  }
  unwatch();
  if (left > 0) return { ...(await ran), died: false };
  const provider = family.find(isProvider);
  if (victim === "provider" && provider !== undefined) end(provider.pid);
  const ended = await ran;
  // The program and its host know nothing of their engine's end; the provider must notice by itself.
  if (victim === "CLI") for (const one of family.filter((each) => !isProvider(each))) end(one.pid);
  while (provider !== undefined && isRunning(provider.pid)) await sleep(50);
  return { ...ended, died: victim === "CLI" || provider !== undefined };
}

const isProvider = ({ command }: Running) => command.includes("packages/provider/main.ts");

/** The first `up`: it may fail, and it may lose a process. */
async function roughDeployment(
  folder: string,
  endpoint: string,
  victim: Victim,
  deathAfterMs: number,
): Promise<Ran & { died: boolean }> {
  const { child, ran } = start(folder, ["up", "--yes", "--skip-preview"]);
  if (victim === "nobody") return { ...(await ran), died: false };
  while (child.exitCode === null && (await loggedCalls(endpoint)).length === 0) await sleep(20);
  await sleep(deathAfterMs);
  if (child.exitCode !== null || child.pid === undefined) return { ...(await ran), died: false };
  const family = await processesBelow(child.pid);
  const [provider] = family.filter(isProvider);
  const killed = victim === "CLI" ? child.pid : provider?.pid;
  const isThere = killed !== undefined && isRunning(killed);
  if (isThere) end(killed);
  const over = await ran;
  if (victim === "CLI") {
    // The program and its host know nothing of their engine's end; the provider must notice by itself.
    for (const { pid } of family.filter((one) => !isProvider(one))) end(pid);
    while (provider !== undefined && isRunning(provider.pid)) await sleep(50);
  }
  return { ...over, died: isThere };
}

/** What a person does after an interruption: frees the lock, and clears what the CLI left pending. */
async function free(folder: string): Promise<string[]> {
  // Where nothing is locked it has nothing to do, and says so as an error.
  await pulumi(folder, ["cancel", "--yes"]);
  const { stdout, ...exported } = await pulumi(folder, ["stack", "export"]);
  if (exported.code !== 0) return failed({ stdout, ...exported }, "stack export");
  if (!stdout.includes('"pending_operations"')) return [];
  const file = join(folder, "cleared.json");
  writeFileSync(file, withoutPending(stdout));
  return failed(await pulumi(folder, ["stack", "import", "--file", file]), "stack import");
}

function prepare(folder: string): void {
  const project = {
    name: "faults",
    runtime: { name: "nodejs", options: { typescript: false } },
    main: "index.ts",
    plugins: { providers: [{ name: "twilio", path: join(root, "packages/provider") }] },
  };
  writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify(project));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "faults", type: "module" }));
  copyFileSync(join(root, "bench/faults/program/index.ts"), join(folder, "index.ts"));
}

/** The salt that `stack init` wrote stays. */
function configure(folder: string, { endpoint, accountSid }: LocalTwilio): void {
  const config = `config:\n  twilio:endpoint: ${endpoint}\n  twilio:accountSid: ${accountSid}\n`;
  appendFileSync(join(folder, "Pulumi.test.yaml"), config);
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function pulumi(folder: string, words: readonly string[], program?: NodeJS.ProcessEnv): Promise<Ran> {
  return start(folder, words, program).ran;
}

const environmentOf = ({ agents: AGENTS, wording: WORDING }: Said): NodeJS.ProcessEnv => ({
  AGENTS,
  WORDING,
});

function start(
  folder: string,
  words: readonly string[],
  program: NodeJS.ProcessEnv = environmentOf(said),
): { child: ChildProcess; ran: Promise<Ran> } {
  const paths = [bin, join(root, "node_modules/.bin"), process.env["PATH"] ?? ""].join(delimiter);
  const child = spawn(join(bin, "pulumi"), [...words, "--non-interactive"], {
    cwd: folder,
    env: {
      ...process.env,
      PATH: paths,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
      PULUMI_CONFIG_PASSPHRASE: "fictional",
      TWILIO_AUTH_TOKEN: defaultAccount.authToken,
      ...program,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  // Orphans of a killed CLI keep its pipes open: what counts is its own end.
  const ran = once(child, "exit").then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { child, ran };
}

function failed({ code, stdout, stderr }: Ran, what: string): string[] {
  return code === 0 ? [] : [`${what} failed: ${stdout}${stderr}`];
}

function seenAt({ twilio: { store } }: LocalTwilio): Seen {
  return snapshot((token) => store.list(token).map(({ sid, body }) => ({ sid, body })));
}

/** Files of the state, journal included, in which the secret stands in the open. */
function leaks(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true });
  return files
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .filter((file) => readFileSync(file, "utf8").includes(agents))
    .map((file) => `${file} shows a secret`);
}
