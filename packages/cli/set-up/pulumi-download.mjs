import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isComplete } from "./pulumi-found.mjs";
import { pulumiVersion } from "./pulumi-version.mjs";
import { run } from "./run.mjs";

const fetchFile = fileURLToPath(new URL("fetch-file.mjs", import.meta.url));

/** The archive of this machine's kind. */
export const archive = `pulumi-v${pulumiVersion}-${process.platform}-${process.arch}.tar.gz`;

/**
 * Where archives come from, where Pulumi publishes the list of their checksums, and the checksums that this package brings.
 *
 * @typedef {{archive: string, list: string, sums: Readonly<Record<string, string>>}} Source
 * @type {Source}
 */
const official = {
  archive: `https://get.pulumi.com/releases/sdk/${archive}`,
  list: `https://github.com/pulumi/pulumi/releases/download/v${pulumiVersion}/pulumi-${pulumiVersion}-checksums.txt`,
  sums:
    /** @type {Record<string, Record<string, string>>} */ (
      JSON.parse(readFileSync(new URL("pulumi-sums.json", import.meta.url), "utf8"))
    )[pulumiVersion] ?? {},
};

/**
 * Downloads the CLI with its language hosts from Pulumi's own site. An archive whose checksum nobody has is not taken: the sum stands
 * in `pulumi-sums.json`, or else in the list that Pulumi publishes with the release.
 *
 * @param {string} node that fetches
 * @param {string} bin folder to make
 * @param {(text: string) => void} progress
 * @param {Source} [source]
 * @returns {Promise<string | null>} why it was given up, null when it is there
 */
export async function downloaded(node, bin, progress, source = official) {
  if (process.platform === "win32") return "there is no archive of this kind for Windows";
  const draft = `${bin}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  try {
    const sum = source.sums[archive] ?? (await publishedSum(node, source, draft));
    if (sum instanceof Error) return sum.message;
    const file = join(draft, archive);
    const problem = await fetchTo(node, source.archive, file, progress);
    if (problem !== null) return problem;
    if (createHash("sha256").update(readFileSync(file)).digest("hex") !== sum) {
      return `the checksum of ${archive} is not ${sum}: what came is not what Pulumi released`;
    }
    const unpacked = await run("tar", ["-xzf", file, "-C", draft]);
    const folder = join(draft, "pulumi");
    if (unpacked.code !== 0 || !existsSync(folder))
      return `the archive could not be unpacked: ${unpacked.output.trim()}`;
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o755);
    if (!isComplete(folder)) return "the archive holds no CLI with a language host for Node.js";
    mkdirSync(dirname(bin), { recursive: true });
    rmSync(bin, { recursive: true, force: true });
    renameSync(folder, bin);
    return null;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Fetches on a Node that goes through a proxy where the machine has one.
 *
 * @param {string} node
 * @param {string} url
 * @param {string} file
 * @param {(text: string) => void} progress
 */
async function fetchTo(node, url, file, progress) {
  const env = { ...process.env, NODE_USE_ENV_PROXY: "1" };
  let last = "";
  const { code } = await run(node, ["--disable-warning=ExperimentalWarning", fetchFile, url, file], {
    env,
    onLine: (line) => progress((last = line)),
  });
  return code === 0 ? null : last || "it ended without a word";
}

/**
 * The checksum that Pulumi publishes of the archive, or why there is none.
 *
 * @param {string} node
 * @param {Source} source
 * @param {string} folder for the list
 * @returns {Promise<string | Error>}
 */
async function publishedSum(node, { list }, folder) {
  const file = join(folder, "checksums");
  const problem = await fetchTo(node, list, file, () => {});
  if (problem !== null) return new Error(`there is no checksum for ${archive}: ${problem}`);
  return sumsIn(readFileSync(file, "utf8"))[archive] ?? new Error(`${list} has no checksum of ${archive}`);
}

/**
 * A published list: a SHA-256 sum and a name on each line.
 *
 * @param {string} text
 * @returns {Record<string, string>} sums by archive
 */
export function sumsIn(text) {
  const lines = text.matchAll(/^([0-9a-f]{64}) [ *]?(\S+)$/gm);
  return Object.fromEntries([...lines].map(([, sum = "", name = ""]) => [name, sum]));
}
