/** Somebody who has Node, npm, Git and the Pulumi CLI, and nothing of ours: an empty home, and a folder for each thing they try. */
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  /** Both streams. */
  readonly output: string;
}

/** What another process of the tests has set for itself. */
const others = /^(npm_|NODE_|PULUMI_|VITEST|XDG_|TWILIO_)|^(TEST|INIT_CWD)$/i;

export class Newcomer {
  readonly folder: string;
  readonly #environment: NodeJS.ProcessEnv;

  /** @param registry that they install from */
  constructor(registry: string) {
    this.folder = mkdtempSync(join(tmpdir(), "newcomer-"));
    const [home, bin] = ["home", "bin"].map((name) => join(this.folder, name)) as [string, string];
    mkdirSync(home);
    mkdirSync(bin);
    symlinkSync(process.execPath, join(bin, "node"));
    const npm = dirname(execFileSync("sh", ["-c", "command -v npm"], { encoding: "utf8" }).trim());
    const found = readFileSync(join(process.cwd(), ".tools/pulumi/found.json"), "utf8");
    const { bin: pulumi } = JSON.parse(found) as { bin: string };
    this.#environment = {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !others.test(name))),
      HOME: home,
      PATH: [bin, pulumi, npm, "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter),
      npm_config_registry: registry,
      npm_config_update_notifier: "false",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      CI: "true",
    };
  }

  /** Has another folder of commands, after those that they have. */
  gets(bin: string): void {
    this.#environment["PATH"] = [this.#environment["PATH"], bin].join(delimiter);
  }

  /** Makes a folder of theirs. */
  room(name: string): string {
    const folder = join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** Runs a line as it is printed; one that fails is an answer. */
  run(cwd: string, line: string, environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const options = { cwd, env: { ...this.#environment, ...environment }, maxBuffer: 1 << 26 };
    return new Promise((resolve) => {
      execFile("sh", ["-c", line], options, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
        resolve({ code, stdout, output: `${stdout}${stderr}` });
      });
    });
  }

  leave(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
