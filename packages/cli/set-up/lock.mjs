import { linkSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** How often a holder shows that it is alive, and after how long without a sign it counts as dead. */
const heartbeatMs = 2_000;
const deadMs = 30_000;

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Does work while nobody else does: one set-up at a time in a checkout. A lock whose holder died is taken over.
 *
 * @template Result
 * @param {string} file the lock
 * @param {() => Promise<Result>} work
 * @param {(holder: string) => void} waiting called once, when another process has the lock
 */
export async function withLock(file, work, waiting) {
  mkdirSync(dirname(file), { recursive: true });
  for (let told = false; !take(file); told = true) {
    if (!told) waiting(holderOf(file));
    await pause(300);
    if (isDead(file)) takeAway(file);
  }
  const heartbeat = setInterval(() => utimesSync(file, new Date(), new Date()), heartbeatMs);
  const release = () => rmSync(file, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.off("exit", release);
    release();
  }
}

/**
 * A link to a file already written: the lock is never seen without its holder in it.
 *
 * @param {string} file
 */
function take(file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** @param {string} file */
function holderOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** @param {string} file */
function isDead(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > deadMs) return true;
    process.kill(Number(holderOf(file)) || process.pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === "ESRCH";
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/**
 * Only one of those who wait removes a dead lock, and it looks again first: it may be a live one by now.
 *
 * @param {string} file
 */
function takeAway(file) {
  const guard = `${file}.guard`;
  if (!take(guard)) {
    if (isDead(guard)) rmSync(guard, { force: true });
    return;
  }
  try {
    if (isDead(file)) rmSync(file, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}
