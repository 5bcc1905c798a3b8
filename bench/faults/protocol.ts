/** Deployments of the reference stage under faults, driven over the provider protocol. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { tellFaults } from "../../packages/local-twilio/testing/faults-alone.ts";
import { leftBehind } from "../../packages/provider/left-behind-command.ts";
import { Engine } from "../../packages/provider/testing/engine.ts";
import { disagreements, snapshot, strayThings, type Seen } from "./agreement.ts";
import { control, faultsIn, loggedCalls, type LoggedCall } from "./control.ts";
import { randomNumbers } from "../../e2e/random.ts";
import { referenceStage, type Said } from "./reference-stage.ts";
import { up, type Declared, type State } from "./stand-in-engine.ts";
import { thereBefore, type Program } from "./programs.ts";
import { faultRulesOf } from "./rules.ts";

/** What became of one deployment. */
export interface Deployment {
  readonly seed: number;
  /** What was wrong after the clean `up`; empty is how it has to be. */
  readonly problems: readonly string[];
  /** Calls made under faults, and how many of them came back as an error or not at all. */
  readonly calls: number;
  readonly faults: number;
  /** Attempts that failed before the clean one, and whether an engine died. */
  readonly failed: number;
  readonly died: boolean;
  /** Things that dead engines had left, and that somebody was told of in the end: deleted, or named. */
  readonly left?: number;
}

const secret = "hush-AGENTS-hush";

/** A local Twilio on which one deployment after the other is tried. */
export class Proving implements AsyncDisposable {
  readonly #folder: string;
  readonly #twilio: LocalTwilio;

  private constructor(folder: string, twilio: LocalTwilio) {
    this.#folder = folder;
    this.#twilio = twilio;
  }

  static async start(): Promise<Proving> {
    const folder = mkdtempSync(join(tmpdir(), "support-line-faults-"));
    return new Proving(
      folder,
      await startLocalTwilio({ folder: join(folder, "twilio"), report: tellFaults }),
    );
  }

  /**
   * Deploys from nothing under the faults of a seed, changes what is deployed under the same, with an engine that may
   * die on the way, and then once cleanly; looks whether both sides agree.
   */
  async deploy(seed: number): Promise<Deployment> {
    const random = randomNumbers(seed ^ 0x5eed);
    await this.#control("reset", "POST", {});
    const before = this.#seen();
    const journals = join(this.#folder, "journals", String(seed));
    for (const rule of faultRulesOf(seed)) await this.#control("faults", "POST", rule);
    const state: State = new Map();
    let failed = 0;
    let died = false;
    const sayings: Said[] = [
      { agents: secret, wording: "Added support agent" },
      { agents: `${secret}-2`, wording: "An agent has joined" },
    ];
    for (const said of sayings) {
      const isLast = said === sayings.at(-1);
      const dies = new AbortController();
      const mayDie = random() < 0.4;
      const death = mayDie ? setTimeout(() => dies.abort(), random() * 250) : undefined;
      const engine = await this.#engine(journals, state);
      const ended = dies.signal.aborted ? Promise.resolve() : whenAborted(dies.signal);
      // A provider whose engine dies begins nothing more; what is under way comes to its end.
      const over = ended.then(() => engine[Symbol.asyncDispose]());
      const failures = await up(engine, referenceStage(said), state, { dies: dies.signal });
      clearTimeout(death);
      if (dies.signal.aborted) {
        died = true;
        await over;
      } else {
        await engine.end();
      }
      if (failures.length > 0) failed++;
      if (!isLast && random() < 0.5) break;
    }
    const said = sayings[1] ?? { agents: "", wording: "" };
    const calls = await this.#calls();
    await this.#control("faults", "DELETE");
    const problems = await this.#clean(journals, state, referenceStage(said));
    problems.push(...disagreements(state, before, this.#seen(), said), ...leaks(journals, secret));
    rmSync(journals, { recursive: true, force: true });
    return { seed, problems, calls: calls.length, faults: faultsIn(calls), failed, died };
  }

  /**
   * Deploys the versions of a program one after the other under the faults of a seed, each with an engine that may die at a call, the
   * last one once more cleanly; looks whether both sides have the same things.
   *
   * @param losesHome the clean one is on a machine that has the state and no journal: it converges, or says what to import
   */
  async deployProgram(program: Program, seed: number, losesHome = false): Promise<Deployment> {
    const random = randomNumbers(seed ^ 0x9106);
    await this.#control("reset", "POST", {});
    await this.#twilio.request({ method: "POST", url: thereBefore.url, body: thereBefore.form });
    const before = this.#seen(program.tokens);
    const journals = join(this.#folder, "journals", `${program.name} ${seed}`);
    for (const rule of faultRulesOf(seed, stormy)) await this.#control("faults", "POST", rule);
    const state: State = new Map();
    let failed = 0;
    let died = false;
    for (const version of program.versions) {
      const dies = new AbortController();
      let left = random() < 0.5 ? Math.ceil(random() * 12) : Infinity;
      const unwatch = this.#twilio.onRequest(() => {
        left -= 1;
        if (left === 0) dies.abort();
      });
      const engine = await this.#engine(journals, state);
      const ended = dies.signal.aborted ? Promise.resolve() : whenAborted(dies.signal);
      const over = ended.then(() => engine[Symbol.asyncDispose]());
      const seen = this.#seen(program.tokens);
      const failures = await up(engine, version, state, { dies: dies.signal, seen });
      unwatch();
      if (dies.signal.aborted) {
        died = true;
        await over;
      } else {
        await engine.end();
      }
      if (failures.length > 0) failed++;
      else if (!dies.signal.aborted) await this.#settled(journals, state);
      // What nobody recorded and the next version leaves out is in the journal alone, and this one will be lost.
      if (losesHome && leavesOut(program, version)) await this.#repaired(journals, state, version, seen);
    }
    const calls = await this.#calls();
    await this.#control("faults", "DELETE");
    const last = program.versions.at(-1) ?? [];
    if (losesHome) rmSync(journals, { recursive: true, force: true });
    const problems = await this.#imported(journals, state, last, losesHome);
    problems.push(...(await this.#clean(journals, state, last, this.#seen(program.tokens))));
    const told = await this.#settled(journals, state);
    problems.push(...strayThings(state, before, this.#seen(program.tokens), program.tokens, told.join("\n")));
    rmSync(journals, { recursive: true, force: true });
    return { seed, problems, calls: calls.length, faults: faultsIn(calls), failed, died, left: told.length };
  }

  /** What `npx pulumi` does when a deployment has ended well. */
  #settled(journals: string, state: State): Promise<string[]> {
    const { endpoint, accountSid, authToken } = this.#twilio;
    const resources = [...state].map(([name, { token, id, inputs }]) => ({
      urn: `urn:pulumi:test::project::${token}::${name}`,
      type: token,
      id,
      inputs,
    }));
    const config = { accountSid, authToken, endpoint, deletable: JSON.stringify(["*"]) };
    const ended = {
      project: "project",
      stack: "test",
      began: Date.now() + 1,
      state: { deployment: { resources } },
    };
    const environment = { PULUMI_CONFIG: JSON.stringify(config) };
    return leftBehind(ended, environment, { policy, journals: () => journals });
  }

  /** Deploys a version until all of it is recorded: what the next one leaves out is deleted. */
  async #repaired(journals: string, state: State, version: readonly Declared[], seen: Seen): Promise<void> {
    for (let round = 0; round < 20; round++) {
      const engine = await this.#engine(journals, state);
      const failures = await up(engine, version, state, { refresh: true, seen });
      await engine.end();
      if (failures.length === 0) return;
    }
    throw new Error("under these faults a version is never deployed");
  }

  /** What a person does: `up`, and the imports that it asks for, until it has nothing to say. */
  async #imported(
    journals: string,
    state: State,
    program: readonly Declared[],
    losesHome: boolean,
  ): Promise<string[]> {
    for (let round = 0; round < 10; round++) {
      const engine = await this.#engine(journals, state, losesHome ? false : state.size === 0);
      const seen = this.#seen(program.map(({ token }) => token));
      const failures = await up(engine, program, state, { refresh: true, seen });
      const asked = failures.map((failure) => /`pulumi import (\S+) (\S+) ([^\s`]+)/.exec(failure));
      for (const found of asked) {
        if (found === null) continue;
        const [, token = "", name = "", id = ""] = found;
        // Pulumi imports nothing under a name that the state has: what was to replace it is deleted, as the sentence says.
        if (state.has(name)) {
          await this.#deletedByHand(failures, id);
          continue;
        }
        const read = await engine.read(token, { id }, name);
        if (read !== undefined) state.set(name, { ...read, token, unfinished: false });
      }
      await engine.end();
      // The engine stops what needs something that failed: the next round asks for the rest.
      if (failures.length === 0) return [];
      const silent = failures.filter(
        (failure, at) =>
          asked[at] === null ||
          (!losesHome && !failure.includes("An interrupted deployment of this stack made it")),
      );
      if (silent.length > 0) return silent.map((failure) => `what nobody can follow: ${failure}`);
      if (losesHome) rmSync(journals, { recursive: true, force: true });
    }
    return ["ten rounds of imports were not enough"];
  }

  /** Runs the command that a sentence has for deleting what it names. */
  async #deletedByHand(said: readonly string[], importId: string): Promise<void> {
    const { accountSid, authToken } = this.#twilio;
    const id = importId.split("/").at(-1) ?? "";
    const url = said.flatMap((text) => /`curl -X DELETE [^`]* (\S+)`/.exec(text)?.[1] ?? []);
    const own = url.find((one) => one.includes(`/${id}`));
    if (own === undefined) throw new Error(`no sentence says how to delete ${importId}: ${said.join("\n")}`);
    const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`;
    await fetch(own, { method: "DELETE", headers: { authorization } });
  }

  /** One `up` with refresh without faults, and one more that must find nothing to do. */
  async #clean(journals: string, state: State, program: readonly Declared[], seen?: Seen): Promise<string[]> {
    const engine = await this.#engine(journals, state);
    const problems = await up(engine, program, state, { refresh: true, ...(seen && { seen }) });
    await engine.end();
    await this.#control("calls", "DELETE");
    const idle = await this.#engine(journals, state);
    problems.push(...(await up(idle, program, state)));
    await idle.end();
    const calls = await this.#calls();
    if (calls.length > 0) problems.push(`${calls.length} calls of an up that had nothing to do`);
    return problems;
  }

  #engine(journals: string, state: State, isNew = state.size === 0): Promise<Engine> {
    const { endpoint, accountSid, authToken } = this.#twilio;
    // A version of a program leaves things out: they are deleted, not kept.
    const config = { accountSid, authToken, endpoint, deletable: ["*"] };
    return Engine.at({ endpoint }, config, { policy, journals: () => journals }, isNew ? {} : config);
  }

  #seen(tokens?: readonly string[]): Seen {
    const { store } = this.#twilio.twilio;
    return snapshot((token) => store.list(token).map(({ sid, body }) => ({ sid, body })), tokens);
  }

  #calls(): Promise<readonly LoggedCall[]> {
    return loggedCalls(this.#twilio.endpoint);
  }

  #control(path: string, method: string, body?: object): Promise<unknown> {
    return control(this.#twilio.endpoint, path, method, body);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#twilio.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/**
 * Deployments, some at a time, each at a local Twilio that no other uses meanwhile.
 *
 * @param atOnce local Twilios
 */
export async function deployments(
  seeds: readonly number[],
  atOnce: number,
  progress: (text: string) => void = () => undefined,
): Promise<Deployment[]> {
  const waiting = [...seeds];
  const over: Deployment[] = [];
  const worker = async (): Promise<void> => {
    await using proving = await Proving.start();
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      over.push(await proving.deploy(seed));
      progress(`${over.length} of ${seeds.length}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return over.toSorted((one, other) => one.seed - other.seed);
}

/** Deployments of each program, one local Twilio for each; the seeds are the same for all. */
export async function programDeployments(
  programs: readonly Program[],
  seeds: readonly number[],
  losesHome = false,
  progress: (text: string) => void = () => undefined,
): Promise<readonly (Deployment & { readonly program: string })[]> {
  const all = await Promise.all(
    programs.map(async (program) => {
      await using proving = await Proving.start();
      const over: (Deployment & { readonly program: string })[] = [];
      for (const seed of seeds) {
        over.push({ program: program.name, ...(await proving.deployProgram(program, seed, losesHome)) });
        progress(`${program.name}, ${over.length} of ${seeds.length}`);
      }
      return over;
    }),
  );
  return all.flat();
}

/** Whether the version after one leaves out something that it declares, or calls it otherwise: the journal knows names alone. */
function leavesOut({ versions }: Program, version: readonly Declared[]): boolean {
  const next = versions[versions.indexOf(version) + 1] ?? version;
  const names = new Set(next.map(({ name }) => name));
  return version.some(({ name }) => !names.has(name));
}

/** These programs are small: more of their calls are hit. */
const stormy = 0.6;

/** Patience in milliseconds where Twilio's would be in seconds. */
const policy = { attempts: 5, firstWaitMs: 4, longestWaitMs: 40, settleMs: 350 };

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

/** Files in which a secret stands in the open. */
function leaks(folder: string, hidden: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
  const files = names.filter((name) => name.endsWith(".json"));
  return files
    .filter((name) => readFileSync(join(folder, name), "utf8").includes(hidden))
    .map((name) => `${name} of the journal shows a secret`);
}
