/** One warm process that runs the Functions of one deployment. */
import { fork, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readMessage, type FromChild, type ToChild } from "./child/messages.ts";
import { confinement } from "./confinement.ts";
import { FunctionsError } from "./errors.ts";
import { placeDeployment } from "./files.ts";
import { limits } from "./limits.ts";
import { watchMemory } from "./memory.ts";
import type { Deployment, Invocation } from "./types.ts";

/** What came of one run: an answer, or none in time and what it had printed by then. */
export type Ran =
  | Omit<Extract<FromChild, { type: "answered" }>, "id">
  | { readonly type: "late"; readonly logs: Invocation["logs"] }
  /** The process is busy with other runs: this one has not begun, and will not. */
  | { readonly type: "busy" };

interface Waiting {
  readonly path: string;
  readonly begun: () => void;
  readonly resolve: (ran: Ran) => void;
  readonly reject: (error: Error) => void;
}

/** How long a process that is late may take to say what the run has printed. One that is busy says nothing. */
const lastWordsMs = 100;

export class FunctionsProcess {
  readonly #child: ChildProcess;
  readonly #folder: string;
  #domain: string;
  readonly #ready: Promise<void>;
  readonly #gone: Promise<void>;
  readonly #waiting = new Map<string, Waiting>();
  /** Runs that have not ended, those that wait for the start included. */
  #open = 0;
  #ended = false;
  #retired = false;

  constructor(deployment: Deployment, env: Readonly<Record<string, string>>) {
    const { accountSid, authToken, serviceSid, environmentSid, domainName, endpoint } = deployment;
    const placed = placeDeployment(deployment);
    this.#folder = placed.folder;
    this.#domain = deployment.domainName;
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    this.#child = fork(fileURLToPath(new URL("child/main.ts", import.meta.url)), [], {
      cwd: placed.folder,
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      execArgv: [
        "--disable-warning=ExperimentalWarning",
        "--disable-warning=SecurityWarning",
        // Errors name their place in the source that a file was bundled from, where the file says so.
        "--enable-source-maps",
        `--max-old-space-size=${limits.process.heapMb}`,
        // Before any of its code, and in every thread that it starts: one that is started from a text runs no `--import`.
        `--require=${fileURLToPath(new URL("child/network.ts", import.meta.url))}`,
        `--require=${fileURLToPath(new URL("child/signals.ts", import.meta.url))}`,
        ...confinement(placed.folder, deployment.modules, Object.values(env)),
      ],
      env: {
        PATH,
        HOME: placed.folder,
        TMPDIR: placed.temporary,
        NODE_PATH: deployment.modules.map((folder) => join(folder, "node_modules")).join(delimiter),
        ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }),
        ...env,
      },
    });
    ({ ready: this.#ready, gone: this.#gone } = this.#listen());
    // Whoever invokes first hears of a failed start; before that it is nobody's error.
    this.#ready.catch(() => undefined);
    this.#tell({
      type: "start",
      deployment: { accountSid, authToken, serviceSid, environmentSid, domainName, endpoint },
      folder: placed.folder,
      modules: deployment.modules,
      functions: placed.functions,
      assets: placed.assets,
    });
  }

  /** Whether it has ended, or takes no further work. */
  get isOver(): boolean {
    return this.#ended || this.#retired;
  }

  /** Whether it can run for somebody else: nothing runs in it, and nothing is to come. */
  get isIdle(): boolean {
    return !this.isOver && this.#open === 0;
  }

  /** Runs for another deployment of the same code from now on. */
  adopt({ accountSid, authToken, serviceSid, environmentSid, domainName, endpoint }: Deployment): void {
    this.#domain = domainName;
    const deployment = { accountSid, authToken, serviceSid, environmentSid, domainName, endpoint };
    this.#tell({ type: "adopt", deployment });
  }

  /**
   * Resolves when Functions can be run.
   *
   * @throws FunctionsError when the process cannot start
   */
  ready(): Promise<void> {
    return this.#ready;
  }

  /** Resolves when the process has ended and its files are removed. */
  gone(): Promise<void> {
    return this.#gone;
  }

  /**
   * Runs a Function. One that does not answer in time, or that keeps the process from beginning this run, leaves it with no
   * further work: Twilio ends it.
   *
   * @throws FunctionsError when the process cannot start, or ends while it runs
   */
  async invoke(
    path: string,
    event: Readonly<Record<string, unknown>>,
    variables: Readonly<Record<string, string>>,
    timeoutMs: number,
  ): Promise<Ran> {
    this.#open += 1;
    try {
      await this.#ready;
      return await this.#run(path, event, variables, timeoutMs);
    } finally {
      this.#open -= 1;
      if (this.#retired) this.retire();
    }
  }

  /** Takes no further work, and ends when what it is doing is done. */
  retire(): void {
    this.#retired = true;
    if (this.#open === 0) this.#child.kill("SIGKILL");
  }

  /** Ends at once. */
  async close(): Promise<void> {
    this.#retired = true;
    this.#child.kill("SIGKILL");
    await this.#gone;
  }

  async #run(
    path: string,
    event: Readonly<Record<string, unknown>>,
    variables: Readonly<Record<string, string>>,
    timeoutMs: number,
  ): Promise<Ran> {
    const id = randomUUID();
    const { promise, resolve, reject } = Promise.withResolvers<Ran>();
    let lastWords: NodeJS.Timeout | undefined;
    const timer = setTimeout(() => {
      this.#retired = true;
      this.#tell({ type: "stop", id });
      lastWords = setTimeout(() => resolve({ type: "late", logs: [] }), lastWordsMs);
    }, timeoutMs);
    const busy = setTimeout(() => {
      this.#retired = true;
      resolve({ type: "busy" });
    }, limits.process.beginMs * 2);
    this.#waiting.set(id, { path, resolve, reject, begun: () => clearTimeout(busy) });
    // The process looks at its clock when it comes to it: by the time that this side gives up it does not begin any more.
    const beginBy = Date.now() + limits.process.beginMs;
    this.#tell({ type: "invoke", id, path, event, variables, beginBy });
    return promise.finally(() => {
      this.#waiting.delete(id);
      clearTimeout(timer);
      clearTimeout(busy);
      clearTimeout(lastWords);
    });
  }

  #listen(): { readonly ready: Promise<void>; readonly gone: Promise<void> } {
    const ready = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    let complaint = "";
    this.#child.stderr?.on("data", (data: Buffer) => {
      complaint = (complaint + data.toString()).slice(-2000);
    });
    this.#child.on("message", (said: unknown) => {
      const message = readMessage(said);
      if (message === undefined) return;
      if (message.type === "ready") return ready.resolve();
      const waiting = this.#waiting.get(message.id);
      if (message.type === "begun") waiting?.begun();
      else waiting?.resolve(message);
    });
    let excess = "";
    const stopWatching = watchMemory(this.#child, limits.process.memory, () => {
      excess = `it took more than ${limits.process.memory / 1024 ** 2} MB of memory`;
      this.#child.kill("SIGKILL");
    });
    const end = (reason: string) => {
      if (this.#ended) return;
      this.#ended = true;
      stopWatching();
      ready.reject(new FunctionsError("child-start", { domain: this.#domain, reason }));
      for (const { path, reject } of this.#waiting.values()) {
        reject(new FunctionsError("child-died", { domain: this.#domain, path, reason }));
      }
      gone.resolve(rm(this.#folder, { recursive: true, force: true }));
    };
    this.#child.on("exit", (code, signal) =>
      end(excess || heapProblem(complaint) || complaint.trim() || (signal ?? `exit code ${code}`)),
    );
    this.#child.on("error", (error) => {
      // Of a process that was never there no exit is heard.
      if (this.#child.pid === undefined) end(error.message);
    });
    return { ready: ready.promise, gone: gone.promise };
  }

  #tell(message: ToChild): void {
    // A process that ends at this moment is heard of by its exit.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}

/** What V8 says, in many lines, when objects take more than they may. */
function heapProblem(complaint: string): string {
  const isFull = complaint.includes("JavaScript heap out of memory");
  return isFull ? `its objects took more than ${limits.process.heapMb} MB of memory` : "";
}
