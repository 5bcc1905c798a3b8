/** A project of a test's own, for commands that write into theirs. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeOwnProject, makeProject } from "./projects/project.ts";

const root = process.cwd();

/** What a command printed, and how it ended. */
export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class ProjectCopy {
  readonly folder: string;
  /** Of every command that runs in it. */
  readonly environment: Readonly<Record<string, string>>;

  private constructor(folder: string, environment: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * Makes one, with no stage and a state backend of its own.
   *
   * @param environment of every command that runs in it
   * @param own a project of `e2e/projects`; else the repository's own
   */
  static async create(
    environment: Readonly<Record<string, string>> = {},
    own?: string,
  ): Promise<ProjectCopy> {
    const folder = await mkdtemp(join(tmpdir(), "support-line-project-"));
    await (own === undefined ? makeProject(folder) : makeOwnProject(folder, own));
    await mkdir(join(folder, "state"));
    return new ProjectCopy(folder, {
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

  /** The project's own conversations, as `npm test` of a project that `npm create support-line` wrote runs them. */
  async ownTests(): Promise<CommandRun> {
    await cp(join(root, "packages/create/files/vitest.config.txt"), join(this.folder, "vitest.config.ts"));
    return this.run("node_modules/vitest/vitest.mjs", ["run", "test/", "--no-color"]);
  }

  /** Runs a command in the copy. */
  run(
    file: string,
    words: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<CommandRun> {
    const env = { ...process.env, ...this.environment, ...environment };
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
