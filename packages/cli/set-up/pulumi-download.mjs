import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isComplete } from "./pulumi-found.mjs";
import { pulumiVersion } from "./pulumi-version.mjs";
import { run } from "./run.mjs";

const fetchFile = fileURLToPath(new URL("fetch-file.mjs", import.meta.url));

const archive = `pulumi-v${pulumiVersion}-${process.platform}-${process.arch}.tar.gz`;
const archiveUrl = `https://get.pulumi.com/releases/sdk/${archive}`;
const checksumsUrl = `https://github.com/pulumi/pulumi/releases/download/v${pulumiVersion}/pulumi-${pulumiVersion}-checksums.txt`;

/**
 * Downloads the CLI with its language hosts from Pulumi's own site.
 *
 * @param {string} node that fetches
 * @param {string} bin folder to make
 * @param {(text: string) => void} progress
 * @returns {Promise<string | null>} why it was given up, null when it is there
 */
export async function downloaded(node, bin, progress) {
  if (process.platform === "win32") return "there is no archive of this kind for Windows";
  const draft = `${bin}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  try {
    const file = join(draft, archive);
    const problem = await fetchTo(node, archiveUrl, file, progress);
    if (problem !== null) return problem;
    const wrong = await checksumProblem(node, file);
    if (wrong !== null) return wrong;
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
 * Pulumi publishes checksums on GitHub; where that cannot be reached, the download stands on its own TLS.
 *
 * @param {string} node
 * @param {string} file the archive
 */
async function checksumProblem(node, file) {
  const list = `${file}.checksums`;
  if ((await fetchTo(node, checksumsUrl, list, () => {})) !== null) return null;
  const line = readFileSync(list, "utf8")
    .split("\n")
    .find((entry) => entry.trim().endsWith(archive));
  if (line === undefined) return null;
  const sum = createHash("sha256").update(readFileSync(file)).digest("hex");
  return line.trim().startsWith(sum) ? null : "its checksum is not the published one";
}
