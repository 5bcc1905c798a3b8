/**
 * A stage for one test file: a project of its own with a stage file and a state backend, a local Twilio on a free port, and the
 * real Pulumi CLI that deploys the project's stack there.
 */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Twilio } from "twilio";
import { localAccountSid } from "@support-line/stage";
import { askControl } from "./control.ts";
import { foreignClient } from "./foreign-client.ts";
import { makeProject } from "./projects/project.ts";

/** Where the commands lie; they run in the project of the stage. */
const root = process.cwd();

/** What `Pulumi.<stage>.yaml` says, without the project's name. */
export type StageFile = Record<string, unknown> & {
  lines: Record<string, unknown>[];
  agents: Record<string, unknown>[];
};

/** One line, one agent, three proxies: the shape that ships as stage `local`. */
export const supportStage: StageFile = {
  lines: [
    {
      name: "support",
      channel: "sms",
      address: "+15550100001",
      flow: "support",
      agents: ["ada"],
      proxies: ["+15550100001", "+15550100002", "+15550100003"],
    },
  ],
  agents: [{ name: "ada", address: "+15550100101" }],
};

/** What a run of the CLI printed, and how it ended. */
export interface PulumiRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One step of a preview, as `pulumi preview --json` tells it. */
export interface PreviewStep {
  readonly op: string;
  readonly urn: string;
  readonly detailedDiff?: Readonly<Record<string, { readonly kind: string }>> | null;
}

/** What a kept stage has to be told of: where its Twilio was, which stands in its state. */
interface Kept {
  readonly endpoint: string;
}

export class TestStage {
  /** Of its project. */
  readonly folder: string;
  readonly twilioFolder: string;
  twilio: LocalTwilio;

  private constructor(folder: string, twilio: LocalTwilio) {
    this.folder = folder;
    this.twilioFolder = join(folder, "twilio");
    this.twilio = twilio;
  }

  static async create(options: Partial<Parameters<typeof startLocalTwilio>[0]> = {}): Promise<TestStage> {
    const folder = await mkdtemp(join(tmpdir(), "support-line-"));
    await makeProject(folder);
    await mkdir(join(folder, "state"));
    const twilio = await startLocalTwilio({ ...options, folder: join(folder, "twilio"), port: 0 });
    const stage = new TestStage(folder, twilio);
    await stage.configure(supportStage);
    return stage;
  }

  /** A stage that goes on from what `keepIn` kept: the same account, the same state, at a port of its own. */
  static async copyOf(kept: string): Promise<TestStage> {
    const folder = await mkdtemp(join(tmpdir(), "support-line-"));
    await cp(kept, folder, { recursive: true });
    const twilio = await startLocalTwilio({ folder: join(folder, "twilio"), port: 0 });
    const stage = new TestStage(folder, twilio);
    const state = await readFile(stage.#checkpoint, "utf8");
    const { endpoint } = JSON.parse(await readFile(join(folder, "kept.json"), "utf8")) as Kept;
    await writeFile(stage.#checkpoint, state.replaceAll(endpoint, twilio.endpoint));
    return stage;
  }

  /** Stops the local Twilio for good, and keeps its folder and the stage's state in another folder, to be copied. */
  async keepIn(folder: string): Promise<void> {
    const kept: Kept = { endpoint: this.twilio.endpoint };
    await this.stop();
    await cp(this.folder, folder, { recursive: true });
    await writeFile(join(folder, "kept.json"), JSON.stringify(kept));
  }

  /** The stage's state, as Pulumi's file backend keeps it. */
  get #checkpoint(): string {
    return join(this.folder, "state/.pulumi/stacks/support-line/local.json");
  }

  #isStopped = false;

  /** Stops the local Twilio for good; its folder can be copied then. */
  async stop(): Promise<void> {
    if (!this.#isStopped) await this.twilio.close();
    this.#isStopped = true;
  }

  /** Stops the local Twilio and starts it again on the same folder and port, as `npm stop` and `npm start` do. */
  async restart(): Promise<void> {
    const { port } = this.twilio;
    await this.twilio.close();
    this.twilio = await startLocalTwilio({ folder: this.twilioFolder, port });
  }

  /** Starts it again on the same folder and another port. */
  async moveTwilio(): Promise<void> {
    await this.twilio.close();
    this.twilio = await startLocalTwilio({ folder: this.twilioFolder, port: 0 });
  }

  /** Twilio's own client, on its way through the local Twilio's proxy. */
  get client(): Twilio {
    return foreignClient(this.twilio);
  }

  /** Writes the stage file; YAML reads JSON. A key with a colon is whole, `twilio:region`, and null takes one out. The local account's token stands in it unless `authToken` is null. */
  async configure(
    stage: Record<string, unknown>,
    credentials: { readonly accountSid?: string; readonly authToken?: string | null } = {},
  ): Promise<void> {
    const { accountSid = localAccountSid, authToken = this.twilio.authToken } = credentials;
    const config: Record<string, unknown> = {
      "twilio:endpoint": this.twilio.endpoint,
      // A stage of a test leaves nothing behind, not even what could not be had back.
      "twilio:deletable": ["*"],
    };
    if (authToken !== null) config["twilio:authToken"] = authToken;
    for (const [key, value] of Object.entries(stage)) {
      const name = key.includes(":") ? key : `support-line:${key}`;
      if (value === null) delete config[name];
      else config[name] = value;
    }
    config["support-line:accountSid"] = accountSid;
    await writeFile(this.stageFile, JSON.stringify({ config }, null, 2));
  }

  /** Where its stage file is. */
  get stageFile(): string {
    return join(this.folder, "Pulumi.local.yaml");
  }

  /** What a command needs to work on this stage's state. */
  get environment(): Record<string, string> {
    return {
      PULUMI_BACKEND_URL: `file://${join(this.folder, "state")}`,
    };
  }

  /** Runs the project's `pulumi`; a run that fails is an answer, not an exception. */
  pulumi(...words: string[]): Promise<PulumiRun> {
    return this.pulumiIn({}, ...words);
  }

  /** The same, with more environment variables. */
  pulumiIn(environment: Readonly<Record<string, string>>, ...words: string[]): Promise<PulumiRun> {
    const env = { ...process.env, ...this.environment, ...environment };
    return new Promise((resolve) => {
      const options = { cwd: this.folder, env, maxBuffer: 64e6 };
      execFile(process.execPath, this.#line(words), options, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
        resolve({ code, stdout, stderr });
      });
    });
  }

  /** Starts the same and does not wait for its end. */
  start(...words: string[]): ChildProcess {
    const env = { ...process.env, ...this.environment };
    return spawn(process.execPath, this.#line(words), { cwd: this.folder, env, stdio: "pipe" });
  }

  #line(words: readonly string[]): string[] {
    const where = ["-s", "local", "--config-file", this.stageFile];
    return [join(root, "packages/cli/pulumi.ts"), ...words, ...where];
  }

  /** Deploys, and throws what the CLI printed when that fails. */
  async up(): Promise<string> {
    const run = await this.pulumi("up", "--yes", "--skip-preview", "--non-interactive");
    if (run.code !== 0) throw new Error(`pulumi up failed:\n${run.stdout}\n${run.stderr}`);
    return run.stdout;
  }

  /** The steps of a preview that change something. */
  async preview(): Promise<PreviewStep[]> {
    const run = await this.pulumi("preview", "--json", "--non-interactive");
    if (run.code !== 0) throw new Error(`pulumi preview failed:\n${run.stdout}\n${run.stderr}`);
    const { steps = [] } = JSON.parse(run.stdout) as { steps?: PreviewStep[] };
    return steps.filter(({ op }) => op !== "same");
  }

  async destroy(): Promise<string> {
    const run = await this.pulumi("destroy", "--yes", "--skip-preview", "--non-interactive");
    if (run.code !== 0) throw new Error(`pulumi destroy failed:\n${run.stdout}\n${run.stderr}`);
    return run.stdout;
  }

  /** Asks the local Twilio's control prefix; with a body, POSTs it. */
  control(path: string, body?: object): Promise<unknown> {
    return askControl(this.twilio.endpoint, path, body);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
