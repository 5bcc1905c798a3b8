import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { isStamped, stamp } from "./stamp.mjs";
import { run } from "../../packages/cli/set-up/run.mjs";

/** What the browser is called, and where systems put it that do not put it on PATH. */
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const stampName = "chromium";

/**
 * The Chromium of this machine, which the console's tests drive; null where there is none. `CHROMIUM` names another.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null}
 */
export function findChromium(env = process.env) {
  if (env.CHROMIUM) return existsSync(env.CHROMIUM) ? env.CHROMIUM : null;
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...places].find((path) => existsSync(path)) ?? null;
}

/**
 * Whether nothing is left to try: a browser is there, or was looked for in vain.
 *
 * @param {string} root
 */
export function hasTriedChromium(root) {
  return findChromium() !== null || isStamped(root, stampName, "tried");
}

/**
 * Installs Chromium from the system's own packages where that takes no password, once. The project works without it:
 * only the console's tests need it, so nothing here makes a set-up fail.
 *
 * @param {string} root
 * @returns {Promise<string>} what came of it, for a person
 */
export async function tryChromium(root) {
  stamp(root, stampName, "tried");
  const isRoot = process.getuid?.() === 0;
  const apt = existsSync("/usr/bin/apt-get");
  const sudo = isRoot ? { code: 0 } : apt ? await run("sudo", ["-n", "true"]) : { code: 1 };
  if (apt && sudo.code === 0) {
    const words = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"];
    const [command = "", ...args] = isRoot ? words : ["sudo", "-n", ...words];
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const { code } = await run("timeout", ["240", command, ...args], { env });
    const found = findChromium();
    if (code === 0 && found !== null) return `installed at ${found}`;
  }
  return "not found: the console works, its tests in a browser are left out until Chromium is installed";
}
