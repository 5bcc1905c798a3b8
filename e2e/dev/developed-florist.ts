/** The florist's project, worked on with `npm run dev`: files are saved, customers write, and the process ends in every way. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "../free-port.ts";
import { LocalPhone } from "../local-world.ts";
import { ProjectCopy } from "../project-copy.ts";
import type { PreviewStep } from "../stage.ts";

/** What `npm run dev -- --json` tells, as far as it is read here. */
export interface News {
  readonly kind: "live" | "unchanged" | "left-to-engine" | "faults" | "recorded" | "not-recorded";
  readonly words?: readonly string[];
}

const line = "+15550100001";
const command = resolve("packages/cli/dev.ts");

export class DevelopedFlorist {
  readonly project: ProjectCopy;
  readonly #endpoint: string;
  #dev: ChildProcess | null = null;
  #news: News[] = [];
  #heard: () => void = () => undefined;
  #customers = 300;

  private constructor(project: ProjectCopy, endpoint: string) {
    this.project = project;
    this.#endpoint = endpoint;
  }

  static async create(): Promise<DevelopedFlorist> {
    const project = await ProjectCopy.create({}, "florist");
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    const florist = new DevelopedFlorist(project, endpoint);
    await florist.save("Pulumi.local.yaml", (text) => text.replace("http://127.0.0.1:4010", endpoint));
    await project.pulumi(..."config set --secret --path florist:secrets.SHOP_KEY petals -s local".split(" "));
    return florist;
  }

  /** Starts `npm run dev`, and resolves when what is on the disk is deployed and recorded. */
  async develop(): Promise<void> {
    const dev = spawn(process.execPath, [command, "--json"], {
      cwd: this.project.folder,
      env: { ...process.env, ...this.project.environment },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#dev = dev;
    this.#news = [];
    dev.on("close", () => this.#heard());
    createInterface({ input: dev.stdout }).on("line", (text) => {
      this.#news.push(JSON.parse(text) as News);
      this.#heard();
    });
    await this.hears("recorded");
  }

  /**
   * Resolves with the next news of a kind, and forgets what came before it.
   *
   * @throws Error when `npm run dev` ends without it
   */
  async hears(kind: News["kind"]): Promise<News> {
    for (;;) {
      const at = this.#news.findIndex((news) => news.kind === kind);
      const found = this.#news[at];
      if (found !== undefined) {
        this.#news.splice(0, at + 1);
        return found;
      }
      if (this.#dev?.exitCode !== null || this.#dev.signalCode !== null) {
        throw new Error(`npm run dev ended without "${kind}": ${JSON.stringify(this.#news)}`);
      }
      await new Promise<void>((heard) => (this.#heard = heard));
    }
  }

  /** Ends it as a person does, by Ctrl-C, or as a machine may, at once; answers its exit code. */
  async end(signal: "SIGINT" | "SIGKILL"): Promise<number | null> {
    const dev = this.#dev;
    if (dev === null) return null;
    const ended = dev.exitCode !== null || dev.signalCode !== null ? Promise.resolve() : once(dev, "close");
    dev.kill(signal);
    await ended;
    return dev.exitCode;
  }

  async save(file: string, change: (text: string) => string): Promise<void> {
    const path = join(this.project.folder, file);
    await writeFile(path, change(await readFile(path, "utf8")));
  }

  /** Saves another greeting. */
  saveGreeting(greeting: string): Promise<void> {
    return this.save("flow-templates/petals.json", (text) =>
      text.replace(/"body": "\w+ here\./, `"body": "${greeting} here.`),
    );
  }

  /** Somebody who has not written before: what they write, and what they read then. */
  newCustomer(): (text: string) => Promise<string> {
    const phone = new LocalPhone(this.#endpoint, `+15550100${++this.#customers}`);
    return async (text) => {
      await phone.says(line, text);
      return (await phone.heard()).map(({ body }) => body).join("\n");
    };
  }

  /** What such a person reads: the greeting, and what became of an order. */
  async answers(): Promise<{ greeting: string; order: string }> {
    const write = this.newCustomer();
    return { greeting: await write("hello"), order: await write("order 1042, please") };
  }

  /** The steps of a preview that change something. */
  async preview(...flags: string[]): Promise<PreviewStep[]> {
    const run = await this.project.pulumi("preview", "--json", "--non-interactive", "-s", "local", ...flags);
    if (run.code !== 0) throw new Error(run.stderr + run.stdout);
    const { steps } = JSON.parse(run.stdout) as { steps: PreviewStep[] };
    return steps.filter(({ op }) => !["same", "refresh"].includes(op));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end("SIGKILL");
    await this.project.run("packages/cli/stop.ts", []);
    await this.project[Symbol.asyncDispose]();
  }
}
