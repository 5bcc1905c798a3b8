import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pulumiVersion } from "./pulumi-version.mjs";
import { lastLines, run } from "./run.mjs";
import { SetupError } from "./setup-error.mjs";

/** Two modules, because the language host is only served as a package of an old SDK version. */
const modules = fileURLToPath(new URL("pulumi-go", import.meta.url));

const binaries = [
  {
    name: "pulumi",
    module: join(modules, "cli"),
    from: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    flags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pulumiVersion}`,
  },
  {
    name: "language-host",
    module: join(modules, "language-host"),
    from: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    flags: "-s -w",
  },
];

/**
 * This CLI hands `runtime.options` to its host in a way that the older host does not know, so the host would run every
 * program through ts-node. The project's says `typescript: false`, and the wrapper passes that on in the old way.
 */
const wrapper = `#!/bin/sh
exec "$(dirname "$0")/language-host" -typescript=false "$@"
`;

/** The module of the CLI, which also holds the generator of SDKs. */
export const cliModule = join(modules, "cli");

/** The oldest Go that builds it: Go itself fetches a newer one where that is allowed. */
export const oldestGo = /^go (\S+)$/m.exec(readFileSync(join(cliModule, "go.mod"), "utf8"))?.[1] ?? "";

/** The `go` command: on PATH, or where Go's own installer puts it; null when there is none. */
export async function findGo() {
  for (const go of ["go", "/usr/local/go/bin/go"]) {
    if ((await run(go, ["version"])).code === 0) return go;
  }
  return null;
}

/**
 * Builds the CLI and its language host from pinned sources.
 *
 * @param {string} go
 * @param {string} bin folder to make
 * @param {(text: string) => void} progress
 */
export async function goBuilt(go, bin, progress) {
  const draft = `${bin}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  try {
    for (const { name, module, from, flags } of binaries) {
      await goBuild(go, { module, from, flags, to: join(draft, name), progress });
    }
    writeFileSync(join(draft, "pulumi-language-nodejs"), wrapper, { mode: 0o755 });
    if (existsSync(bin)) rmSync(bin, { recursive: true, force: true });
    mkdirSync(dirname(bin), { recursive: true });
    renameSync(draft, bin);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Builds one command of a pinned module, without a C compiler and without touching go.mod or go.sum.
 *
 * @param {string} go
 * @param {{module: string, from: string, flags: string, to: string, progress: (text: string) => void}} what
 */
export async function goBuild(go, { module, from, flags, to, progress }) {
  let packages = 0;
  const args = ["build", "-mod=readonly", "-trimpath", "-v", "-ldflags", flags, "-o", to, from];
  const { code, output } = await run(go, args, {
    cwd: module,
    env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "-buildvcs=false" },
    onLine: (line) => {
      if (line.startsWith("go: downloading"))
        progress(`${basename(to)}: fetching ${line.split(" ")[2] ?? ""}`);
      else if (/^[\w.-]+(\/\S+)*$/.test(line)) progress(`${basename(to)}: ${++packages} packages compiled`);
    },
  });
  if (code !== 0) throw new SetupError(explain(output));
}

/** @param {string} output */
function explain(output) {
  if (/requires go >= [\d.]+/.test(output)) {
    const [, wanted] = /requires go >= ([\d.]+)/.exec(output) ?? [];
    return `Building the Pulumi CLI takes Go ${wanted} or newer: install it from https://go.dev/dl and try again.`;
  }
  if (/no such host|connection refused|i\/o timeout|network is unreachable/.test(output)) {
    return "Go cannot reach its module proxy: connect this machine, or name a proxy it can reach in GOPROXY, and try again.";
  }
  return `go build failed; fix what it says and try again:\n${lastLines(output)}`;
}
