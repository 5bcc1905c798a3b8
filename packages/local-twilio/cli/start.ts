/** `local-twilio start`, `stop`: the process in the background. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { FolderError, inFolder } from "../store/folder.ts";
import { control } from "./control-client.ts";
import { CommandError } from "./errors.ts";
import { compiledFolder, logFile } from "./places.ts";
import { findRunning, isAlive, isNoted, type Running } from "./running.ts";

export interface StartOptions {
  readonly folder: string;
  readonly port: number;
  readonly foreground: boolean;
  readonly webhooksLeaveMachine: boolean;
}

/** Longest that a start or a stop may take before it is given up. */
const patienceMs = 15_000;

/**
 * Starts a local Twilio on `folder`, or finds the one that runs there already; `onReady` hears of either. In the
 * foreground it resolves when that one ends, with its exit code.
 */
export async function start(
  options: StartOptions,
  onReady: (ready: Running & { readonly already: boolean }) => Promise<void>,
): Promise<{ exitCode: number }> {
  const { folder, port, foreground } = options;
  const running = await findRunning(folder);
  if (running) {
    await onReady({ ...running, already: true });
    return { exitCode: 0 };
  }
  const log = openLog(folder, foreground);
  const flags = options.webhooksLeaveMachine ? ["--webhooks-leave-machine"] : [];
  const serve = join(import.meta.dirname, "../serve.ts");
  const child = spawn(process.execPath, [serve, "--port", String(port), "--folder", folder, ...flags], {
    detached: !foreground,
    env: { NODE_COMPILE_CACHE: compiledFolder, ...process.env },
    stdio: ["ignore", log, log, "ipc"],
  });
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  const ready = await readiness(child, options, ended);
  await onReady({ ...ready, already: false });
  if (foreground) {
    process.once("SIGTERM", () => child.kill("SIGTERM"));
    process.on("SIGINT", () => {
      // The terminal sends it to the child as well, which stops; this process waits for it.
    });
    return { exitCode: await ended };
  }
  child.disconnect();
  child.unref();
  return { exitCode: 0 };
}

/** Where the child writes: the terminal, or the log in its folder. */
function openLog(folder: string, foreground: boolean): "inherit" | number {
  try {
    return inFolder(folder, () => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return foreground ? "inherit" : openSync(logFile(folder), "a", 0o600);
    });
  } catch (error) {
    if (error instanceof FolderError) throw new CommandError(2, error.message);
    throw error;
  }
}

interface Failed {
  readonly code: string | null;
  readonly message: string;
  /** Whether the folder is to blame: the message says all of it. */
  readonly isFolder?: boolean;
}
type FromChild = { ready?: Running; failed?: Failed };

/** What the child says first. It is not left behind when it says nothing. */
function readiness(
  child: ChildProcess,
  { folder, port }: StartOptions,
  ended: Promise<number>,
): Promise<Running> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill();
      reject(new CommandError(3, `It did not get ready; see ${logFile(folder)}`));
    }, patienceMs);
    let spoke = false;
    child.once("message", (message: FromChild) => {
      spoke = true;
      clearTimeout(late);
      if (message.ready) resolve(message.ready);
      else whyNot(port, message.failed).then(reject, reject);
    });
    child.once("error", reject);
    void ended.then(() => {
      clearTimeout(late);
      if (!spoke) reject(new CommandError(3, `It ended while starting; see ${logFile(folder)}`));
    });
  });
}

async function whyNot(port: number, failed: Failed | undefined): Promise<Error> {
  if (failed?.isFolder === true) return new CommandError(2, failed.message);
  if (failed?.code !== "EADDRINUSE") {
    return new CommandError(3, `It could not start: ${failed?.message ?? "no reason given"}`);
  }
  const other = await control<{ folder: string; pid: number }>(
    `http://127.0.0.1:${port}`,
    "GET",
    "status",
  ).catch(() => undefined);
  const by = other ? `the local Twilio of ${other.folder} (process ${other.pid})` : "another program";
  return new CommandError(
    3,
    `Port ${port} is taken by ${by}. Stop that one, or choose a port with --port (0 takes a free one).`,
  );
}

/** Stops what runs on `folder`; false when nothing did. */
export async function stop(folder: string): Promise<boolean> {
  const running = await findRunning(folder);
  if (!running) return false;
  process.kill(running.pid, "SIGTERM");
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await wait(20)) {
    if (!isNoted(folder) || !isAlive(running.pid)) return true;
  }
  throw new CommandError(
    3,
    `Process ${running.pid} did not stop within ${patienceMs / 1000} s; see ${logFile(folder)}`,
  );
}
