/** A stage of its own for measuring: a local Twilio in a process of its own, a state backend and a stage file. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { localAccountSid } from "@support-line/stage";
import { startLocalTwilio, stopLocalTwilio } from "@support-line/cli/local-twilio";

export const root = process.cwd();

/** The shape of a stage file, without the project's name. */
export interface StageFile {
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly agents: readonly { readonly name: string; readonly address: string }[];
  readonly wordings?: Readonly<Record<string, string>>;
}

const calls = z.object({
  calls: z.array(
    z.object({ method: z.string(), host: z.string(), path: z.string(), at: z.string(), ms: z.number() }),
  ),
});
export type Call = z.output<typeof calls>["calls"][number];

export class BenchStage {
  readonly #folder: string;
  readonly endpoint: string;
  /** Process of the local Twilio. */
  readonly pid: number;

  private constructor(folder: string, endpoint: string, pid: number) {
    this.#folder = folder;
    this.endpoint = endpoint;
    this.pid = pid;
  }

  static async create(): Promise<BenchStage> {
    const folder = mkdtempSync(join(tmpdir(), "support-line-bench-"));
    mkdirSync(join(folder, "state"));
    const { endpoint, pid } = await startLocalTwilio(root, { port: 0, folder: join(folder, "twilio") });
    return new BenchStage(folder, endpoint, pid);
  }

  /** Writes the stage file; YAML reads JSON. */
  configure(stage: StageFile, authToken: string): void {
    const own = Object.entries({ accountSid: localAccountSid, ...stage });
    const config = {
      "twilio:endpoint": this.endpoint,
      "twilio:deletable": ["*"],
      "twilio:authToken": authToken,
      ...Object.fromEntries(own.map(([key, value]) => [`support-line:${key}`, value])),
    };
    writeFileSync(this.stageFile, JSON.stringify({ config }));
  }

  get stageFile(): string {
    return join(this.#folder, "Pulumi.local.yaml");
  }

  /** What a command needs to work on this stage's state. */
  get environment(): Record<string, string> {
    return { PULUMI_BACKEND_URL: pathToFileURL(join(this.#folder, "state")).href };
  }

  /**
   * Runs the project's `pulumi` on the stage.
   *
   * @param started hears the process id
   * @throws Error with what it printed when it fails
   */
  async pulumi(args: readonly string[], started?: (pid: number) => void): Promise<void> {
    const words = [...args, "-s", "local", "--non-interactive", "--config-file", this.stageFile];
    const child = spawn(process.execPath, [join(root, "packages/cli/pulumi.ts"), ...words], {
      cwd: root,
      env: { ...process.env, ...this.environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    if (child.pid !== undefined) started?.(child.pid);
    const code = await new Promise((resolve) => child.on("close", resolve));
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} failed\n${output}`);
  }

  /** Calls the control prefix. */
  async control(path: string, method = "GET", body?: object): Promise<unknown> {
    const headers = { accept: "application/json", "content-type": "application/json" };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(`${this.endpoint}/_local/v1/${path}`, init);
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** The API calls since it was last asked. */
  async calls(): Promise<Call[]> {
    const made = calls.parse(await this.control("calls")).calls;
    await this.control("calls", "DELETE");
    return made;
  }

  async close(): Promise<void> {
    await stopLocalTwilio(root, join(this.#folder, "twilio"));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
