/** Finds the version that a project is taken to in the registry that it uses, and runs what that version brings for it. */
import { execFile, spawn } from "node:child_process";
import { z } from "zod";
import { withoutSecrets } from "../edge/secrets.ts";
import { CliError } from "../errors.ts";

const upgrader = "create-support-line";
const answer = z.union([z.string(), z.array(z.string()).nonempty()]);

/**
 * The version that a name means.
 *
 * @param wanted a version, or a tag such as `latest`
 * @throws CliError `no-such-version`, `registry-failed`
 */
export async function versionOf(folder: string, wanted: string): Promise<string> {
  if (!/^[\w.^~-][\w.+-]*$/.test(wanted) || wanted.startsWith("-")) {
    throw new CliError("bad-value", {
      option: "--to",
      value: wanted,
      problem: "is neither a version nor a tag",
    });
  }
  const { code, stdout, stderr } = await npm(folder, ["view", `${upgrader}@${wanted}`, "version", "--json"]);
  if (code === 0 && stdout.trim() !== "") {
    const found = answer.parse(JSON.parse(stdout));
    return typeof found === "string" ? found : (found.at(-1) ?? "");
  }
  const problem = withoutSecrets(reasonIn(stderr));
  throw /E404|ETARGET|^$/.test(stderr.trim())
    ? new CliError("no-such-version", { package: upgrader, version: wanted })
    : new CliError("registry-failed", { package: upgrader, problem });
}

/** The first thing that npm complains of in words. */
function reasonIn(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.replace(/^npm (error|ERR!) ?/i, "").trim());
  return lines.find((line) => line !== "" && !/^(code|errno|syscall) /.test(line)) ?? "npm gave no reason";
}

/** Runs a version's upgrader on a project; answers its exit code. */
export function runUpgrader(folder: string, version: string, words: readonly string[]): Promise<number> {
  const args = ["exec", "--yes", `--package=${upgrader}@${version}`, "--", "upgrade-support-line", ...words];
  return new Promise((resolve, reject) => {
    const child = spawn("npm", args, { cwd: folder, stdio: "inherit" });
    child.on("error", (error) =>
      reject(new CliError("registry-failed", { package: upgrader, problem: error.message })),
    );
    child.on("close", (code) => resolve(code ?? 1));
  });
}

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function npm(folder: string, words: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile("npm", words, { cwd: folder, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ code, stdout, stderr: stderr === "" && error !== null ? error.message : stderr });
    });
  });
}
