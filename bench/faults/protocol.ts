/** Deployments of the reference stage under faults, driven over the provider protocol. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { Engine } from "../../packages/provider/testing/engine.ts";
import { disagreements, snapshot, type Seen } from "./agreement.ts";
import { control, faultsIn, loggedCalls, type LoggedCall } from "./control.ts";
import { randomNumbers } from "../../e2e/random.ts";
import { referenceStage, type Said } from "./reference-stage.ts";
import { up, type State } from "./stand-in-engine.ts";
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
    return new Proving(folder, await startLocalTwilio({ folder: join(folder, "twilio") }));
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
    const problems = await this.#clean(journals, state, said);
    problems.push(...disagreements(state, before, this.#seen(), said), ...leaks(journals, secret));
    rmSync(journals, { recursive: true, force: true });
    return { seed, problems, calls: calls.length, faults: faultsIn(calls), failed, died };
  }

  /** One `up` with refresh without faults, and one more that must find nothing to do. */
  async #clean(journals: string, state: State, said: Said): Promise<string[]> {
    const engine = await this.#engine(journals, state);
    const problems = await up(engine, referenceStage(said), state, { refresh: true });
    await engine.end();
    await this.#control("calls", "DELETE");
    const idle = await this.#engine(journals, state);
    problems.push(...(await up(idle, referenceStage(said), state)));
    await idle.end();
    const calls = await this.#calls();
    if (calls.length > 0) problems.push(`${calls.length} calls of an up that had nothing to do`);
    return problems;
  }

  #engine(journals: string, state: State): Promise<Engine> {
    const { endpoint, accountSid, authToken } = this.#twilio;
    const config = { accountSid, authToken, endpoint };
    return Engine.at(
      { endpoint },
      config,
      { policy, journals: () => journals },
      state.size === 0 ? {} : config,
    );
  }

  #seen(): Seen {
    const { store } = this.#twilio.twilio;
    return snapshot((token) => store.list(token).map(({ sid, body }) => ({ sid, body })));
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
