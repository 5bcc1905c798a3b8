/** One warm process that runs the Functions of one deployment. */
import { fork, type ChildProcess } from "node:child_process";
import { rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FromChild, ToChild } from "./child/messages.ts";
import { FunctionsError } from "./errors.ts";
import { placeDeployment } from "./files.ts";
import type { Deployment } from "./types.ts";

type Answer = Extract<FromChild, { type: "answered" }>;

interface Waiting {
  readonly path: string;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

export class FunctionsProcess {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #domain: string;
  readonly #ready: Promise<void>;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #ended = false;
  #retired = false;

  constructor(deployment: Deployment, env: Readonly<Record<string, string>>) {
    const { accountSid, authToken, serviceSid, environmentSid, domainName, endpoint } = deployment;
    const placed = placeDeployment(deployment);
    this.#folder = placed.folder;
    this.#domain = deployment.domainName;
    this.#child = fork(fileURLToPath(new URL("child/main.ts", import.meta.url)), [], {
      cwd: placed.folder,
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      execArgv: ["--disable-warning=ExperimentalWarning"],
      env: {
        PATH: process.env.PATH,
        HOME: placed.folder,
        NODE_PATH: deployment.modules.map((folder) => join(folder, "node_modules")).join(delimiter),
        ...env,
      },
    });
    this.#ready = this.#listen();
    // Whoever invokes first hears of a failed start; before that it is nobody's error.
    this.#ready.catch(() => undefined);
    this.#tell({
      type: "start",
      deployment: { accountSid, authToken, serviceSid, environmentSid, domainName, endpoint },
      folder: placed.folder,
      functions: placed.functions,
      assets: placed.assets,
    });
  }

  /** Whether it has ended, or takes no further work. */
  get isOver(): boolean {
    return this.#ended || this.#retired;
  }

  /** Resolves when Functions can be run. */
  ready(): Promise<void> {
    return this.#ready;
  }

  /**
   * Runs a Function. `"timeout"`: it did not answer in time, and the process takes no further work.
   *
   * @throws FunctionsError when the process ends while it runs
   */
  async invoke(
    path: string,
    event: Readonly<Record<string, unknown>>,
    variables: Readonly<Record<string, string>>,
    timeoutMs: number,
  ): Promise<Answer | "timeout"> {
    await this.#ready;
    const id = this.#next++;
    const { promise, resolve, reject } = Promise.withResolvers<Answer | "timeout">();
    const timer = setTimeout(() => {
      this.#waiting.delete(id);
      resolve("timeout");
      this.retire();
    }, timeoutMs);
    this.#waiting.set(id, { path, resolve, reject });
    this.#tell({ type: "invoke", id, path, event, variables });
    return promise.finally(() => clearTimeout(timer));
  }

  /** Takes no further work, and ends when what it is doing is done. */
  retire(): void {
    this.#retired = true;
    if (this.#waiting.size === 0) this.#child.kill("SIGKILL");
  }

  /** Ends at once. */
  async close(): Promise<void> {
    if (!this.#ended) {
      const ended = new Promise((resolve) => this.#child.once("exit", resolve));
      this.#child.kill("SIGKILL");
      await ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  #listen(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let complaint = "";
    this.#child.stderr?.on("data", (data: Buffer) => {
      complaint = (complaint + data.toString()).slice(-2000);
    });
    this.#child.on("message", (message: FromChild) => {
      if (message.type === "ready") resolve();
      else this.#answered(message);
    });
    this.#child.on("exit", (code, signal) => {
      this.#ended = true;
      const reason = complaint.trim() || (signal ?? `exit code ${code}`);
      reject(new FunctionsError("child-start", { domain: this.#domain, reason }));
      for (const { path, reject: fail } of this.#waiting.values()) {
        fail(new FunctionsError("child-died", { domain: this.#domain, path, reason }));
      }
      this.#waiting.clear();
      void rm(this.#folder, { recursive: true, force: true });
    });
    return promise;
  }

  #answered(answer: Answer): void {
    this.#waiting.get(answer.id)?.resolve(answer);
    this.#waiting.delete(answer.id);
    if (this.#retired && this.#waiting.size === 0) this.#child.kill("SIGKILL");
  }

  #tell(message: ToChild): void {
    if (this.#child.connected) this.#child.send(message);
  }
}
