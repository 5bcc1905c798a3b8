import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, sep } from "node:path";
import { isComplete } from "./pulumi-found.mjs";
import { pulumiVersion } from "./pulumi-version.mjs";
import { run } from "./run.mjs";
import { isAtLeast } from "./version.mjs";

/**
 * The machine's own Pulumi CLI: on PATH or where Pulumi's installer and Automation API put it, of the same major
 * version, not older than ours and with its own language host beside it.
 *
 * @param {string} root
 * @returns {Promise<import("./pulumi-found.mjs").PulumiCli | null>}
 */
export async function pulumiOnMachine(root) {
  for (const bin of folders(root)) {
    if (!isComplete(bin)) continue;
    const { code, output } = await run(join(bin, "pulumi"), ["version"], {
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    const [, version = "0"] = /v(\d+\.\d+\.\d+)/.exec(output) ?? [];
    const major = pulumiVersion.split(".")[0];
    if (code === 0 && version.split(".")[0] === major && isAtLeast(version, pulumiVersion)) {
      return { bin, version, how: "found" };
    }
  }
  return null;
}

/** @param {string} root */
function folders(root) {
  const home = process.env.PULUMI_HOME ?? join(homedir(), ".pulumi");
  const all = [
    ...(process.env.PATH ?? "").split(delimiter).filter(Boolean),
    join(home, "bin"),
    join(home, "versions", pulumiVersion, "bin"),
  ];
  return (
    all
      .filter((folder) => existsSync(join(folder, "pulumi")))
      // A package manager's folder holds links; the language host is beside what they lead to.
      .flatMap((folder) => [folder, dirname(realpathSync(join(folder, "pulumi")))])
      // npm puts our own `pulumi` on PATH.
      .filter((folder) => !folder.includes(`${sep}node_modules${sep}`) && !folder.startsWith(root))
  );
}
