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
import { stateOf, withoutPending } from "./state-file.ts";
import { faultRulesOf } from "./rules.ts";

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
  // Below the checkout, where the program finds its packages.
  const folder = join(root, ".state", "faults", `${process.pid}-${victim}-${seed}`);
  mkdirSync(join(folder, "state"), { recursive: true });
  const local = await startLocalTwilio({ folder: join(folder, "twilio"), port: 0 });
  try {
    const { endpoint } = local;
    const before = seenAt(local);
    prepare(folder);
    const problems = failed(await pulumi(folder, ["stack", "init", "test"]), "stack init");
    configure(folder, local);
    for (const rule of faultRulesOf(seed)) await control(endpoint, "faults", "POST", rule);
    const rough = await roughDeployment(folder, endpoint, victim, random() * latestDeathMs);
    const calls = await loggedCalls(endpoint);
    await control(endpoint, "faults", "DELETE");
    problems.push(...(await free(folder)));
    const clean = await pulumi(folder, ["up", "--yes", "--skip-preview", "--refresh"]);
    problems.push(...failed(clean, "the clean up"));
    const exported = await pulumi(folder, ["stack", "export", "--show-secrets"]);
    problems.push(...failed(exported, "stack export"));
    if (exported.code === 0) {
      problems.push(...disagreements(stateOf(exported.stdout), before, seenAt(local), said));
    }
    problems.push(...leaks(join(folder, "state")));
    return {
      seed,
      problems,
      calls: calls.length,
      faults: faultsIn(calls),
      failed: rough.code === 0 ? 0 : 1,
      died: rough.died,
    };
  } finally {
    await local.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

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
  const isProvider = ({ command }: Running) => command.includes("packages/provider/main.ts");
  const [provider] = family.filter(isProvider);
  const killed = victim === "CLI" ? child.pid : provider?.pid;
  if (killed !== undefined) process.kill(killed, "SIGKILL");
  const over = await ran;
  if (victim === "CLI") {
    // The program and its host know nothing of their engine's end; the provider must notice by itself.
    for (const { pid } of family.filter((one) => !isProvider(one))) end(pid);
    while (provider !== undefined && isRunning(provider.pid)) await sleep(50);
  }
  return { ...over, died: killed !== undefined };
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

function pulumi(folder: string, words: readonly string[]): Promise<Ran> {
  return start(folder, words).ran;
}

function start(folder: string, words: readonly string[]): { child: ChildProcess; ran: Promise<Ran> } {
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
      AGENTS: said.agents,
      WORDING: said.wording,
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
