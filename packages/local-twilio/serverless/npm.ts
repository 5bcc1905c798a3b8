/** npm, in a process group of its own: it ends after its time, and with the local Twilio, and so does what it started. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** npm could not, with its own reason, in a line. */
export class NpmFailed extends Error {
  /** npm's code: `E404`, `ECONNREFUSED`; `late` when its time was over, `stopped` when the local Twilio was. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "NpmFailed";
    this.code = code;
  }
}

export interface Npm {
  /**
   * Runs it in a folder.
   *
   * @throws NpmFailed
   */
  run(words: readonly string[], options: { readonly folder: string; readonly ms: number }): Promise<void>;
  /** Ends everything that runs; nothing runs afterwards. */
  close(): Promise<void>;
}

const leader = fileURLToPath(new URL("npm-run.ts", import.meta.url));

/** How much of what npm says is read. */
const most = 64 * 1024;

/** Nothing runs at first. */
export function openNpm(): Npm {
  const running = new Set<{ readonly stop: () => void; readonly over: Promise<unknown> }>();
  let isClosed = false;

  const start = (words: readonly string[], folder: string, ms: number) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // Detached, it leads a group: a signal to the group reaches what it started as well. The pipe tells it when this process is gone.
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", leader, ...words], {
      ...{ cwd: folder, detached: true, env: npmEnvironment(), stdio: ["pipe", "ignore", "pipe"] },
    });
    child.stdin?.on("error", () => undefined);
    let said = "";
    let why: NpmFailed | undefined;
    child.stderr?.on("data", (data: Buffer) => {
      if (said.length < most) said += data.toString();
    });
    const end = (code: string, reason: string): void => {
      why ??= new NpmFailed(code, reason);
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    };
    const timer = setTimeout(() => end("late", `npm was not done after ${ms / 1000} s.`), ms);
    child.on("error", (error) => reject(new NpmFailed("none", `npm cannot be run: ${error.message}`)));
    child.on("close", (code) => {
      if (why !== undefined) reject(why);
      else if (code === 0) resolve();
      else reject(new NpmFailed(/code (E\w+)/.exec(said)?.[1] ?? "unknown", reasonIn(said)));
    });
    void promise.catch(() => undefined).finally(() => clearTimeout(timer));
    return { promise, stop: () => end("stopped", "The local Twilio was stopped.") };
  };

  return {
    async run(words, { folder, ms }) {
      if (isClosed) throw new NpmFailed("stopped", "The local Twilio was stopped.");
      const { promise, stop } = start(words, folder, ms);
      const one = { stop, over: promise.catch(() => undefined) };
      running.add(one);
      try {
        await promise;
      } finally {
        running.delete(one);
      }
    },
    async close() {
      isClosed = true;
      const all = [...running];
      for (const { stop } of all) stop();
      await Promise.all(all.map(({ over }) => over));
    },
  };
}

/** What npm complained of, less where its log is. */
function reasonIn(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replace(/^npm (?:error|ERR!)\s*/, "").trim())
    .filter((line) => line !== "" && !/complete log|debug-0\.log|^code /.test(line))
    .slice(0, 3)
    .join(" ");
}

/** npm goes to its registry, not through the proxy that stands in for Twilio, and asks nobody whether there is a newer npm. */
function npmEnvironment(): NodeJS.ProcessEnv {
  const own = /^(?:https?_proxy|npm_config_(?:https?_)?proxy|npm_config_https_proxy)$/i;
  const pointsHere = (value: string | undefined): boolean =>
    /^https?:\/\/(?:127\.|localhost)/.test(value ?? "");
  const passedOn = Object.entries(process.env).filter(
    ([name, value]) => !(own.test(name) && pointsHere(value)),
  );
  return { ...Object.fromEntries(passedOn), npm_config_update_notifier: "false" };
}
