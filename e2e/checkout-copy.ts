/** A copy of this checkout for commands that write into theirs: the rooms that are written to are copied, all others linked. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = process.cwd();

/** What is written to. */
const copied = ["infra", "flow-templates", "functions", "Pulumi.yaml", "package.json"];
const linked = ["node_modules", "packages", "sdks", ".tools"];

/** What a command printed, and how it ended. */
export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class CheckoutCopy {
  readonly folder: string;
  readonly #environment: Readonly<Record<string, string>>;

  private constructor(folder: string, environment: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.#environment = environment;
  }

  /**
   * Makes one, with no stage and a state backend of its own.
   *
   * @param environment of every command that runs in it
   */
  static async create(environment: Readonly<Record<string, string>> = {}): Promise<CheckoutCopy> {
    const folder = await mkdtemp(join(tmpdir(), "support-line-checkout-"));
    await Promise.all(copied.map((each) => cp(join(root, each), join(folder, each), { recursive: true })));
    await Promise.all(linked.map((each) => symlink(join(root, each), join(folder, each))));
    await mkdir(join(folder, "state"));
    return new CheckoutCopy(folder, {
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "of a test",
      ...environment,
    });
  }

  /** `npm run stage -- …`; one that fails is an answer. */
  stage(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<CommandRun> {
    return this.run("packages/cli/stage.ts", words, environment);
  }

  /** `npx pulumi …` */
  pulumi(...words: string[]): Promise<CommandRun> {
    return this.run("packages/cli/pulumi.ts", words);
  }

  /** Runs a command in the copy. */
  run(
    file: string,
    words: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<CommandRun> {
    const env = { ...process.env, ...this.#environment, ...environment };
    const options = { cwd: this.folder, env, maxBuffer: 64e6 };
    return new Promise((resolve) => {
      execFile(process.execPath, [join(root, file), ...words], options, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
        resolve({ code, stdout, stderr });
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
