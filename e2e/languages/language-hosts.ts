import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findGo, goBuild } from "../../packages/cli/set-up/pulumi-go.mjs";
import { fingerprint } from "../../scripts/setup/stamp.mjs";

const module = fileURLToPath(new URL("hosts", import.meta.url));
const sdk = "github.com/pulumi/pulumi/sdk/v3";
const hosts = {
  "pulumi-language-go": `${sdk}/go/pulumi-language-go`,
  "pulumi-language-python": `${sdk}/python/cmd/pulumi-language-python`,
};
/** What the host of Python runs a program with; a script of its sources. */
const pythonProgram = "python/cmd/pulumi-language-python-exec";

/**
 * Pulumi's language hosts for Go and Python, built from the last sources of them that the module proxy has.
 *
 * @returns the folder that they are in
 * @throws where there is no Go
 */
export async function languageHosts(root: string): Promise<string> {
  const made = fingerprint(module, [join(module, "go.mod"), join(module, "go.sum")]).slice(0, 16);
  const bin = join(root, ".tools", "language-hosts", made);
  if (existsSync(bin)) return bin;
  const go = await findGo();
  if (go === null) throw new Error("The hosts are built with Go: install it from https://go.dev/dl.");
  const draft = `${bin}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  for (const [name, from] of Object.entries(hosts)) {
    await goBuild(go, { module, from, flags: "-s -w", to: join(draft, name), progress: () => undefined });
  }
  const sources = execFileSync(go, ["list", "-m", "-f", "{{.Dir}}", sdk], { cwd: module }).toString().trim();
  const script = join(draft, "pulumi-language-python-exec");
  copyFileSync(join(sources, pythonProgram), script);
  chmodSync(script, 0o755);
  mkdirSync(dirname(bin), { recursive: true });
  renameSync(draft, bin);
  return bin;
}
