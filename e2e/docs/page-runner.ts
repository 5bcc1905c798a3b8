/**
 * Runs the commands of a page of `docs/` in a project of its own, in order and in one shell: what a reader who types them gets.
 *
 * A fence says by its first line what becomes of it: `sh run` is run, `text output` is what the block before has to print, with
 * `…` for what differs, `yaml file: Pulumi.local.yaml` is written there first. `<!-- run: … -->` does what the text asks the
 * reader to do by hand.
 */
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { partsOf, type Fence } from "../../scripts/docs/markdown.ts";
import { freePort } from "../free-port.ts";

const root = process.cwd();
/** What a checkout has that pages speak of; the tool is linked. */
const copied = [
  ...["Pulumi.yaml", "Pulumi.local.yaml", "package.json", "tsconfig.json", "vitest.config.ts"],
  ...["flow-templates", "functions", "infra", "provider", "test", "examples/bakery"],
];
const linked = ["node_modules", "packages", "sdks", "e2e", ".tools"];

/** What is typed, run without npm: as its scripts do, on the sources here. */
const commands = `
tool() { local file="$1"; shift; [ "\${1-}" = "--" ] && shift; node "$ROOT/$file" "$@"; }
npm() {
  local verb="$1"; shift
  [ "$verb" = run ] && { verb="$1"; shift; }
  case "$verb" in
    start) tool packages/cli/start.ts "$@" ;;
    stop) tool packages/cli/stop.ts "$@" ;;
    stage) tool packages/cli/stage.ts "$@" ;;
    test)
      [ "\${1-}" = "--" ] && shift
      # The packages are sources here, which the repository's own type check is for.
      wrong="$(node "$ROOT/node_modules/typescript-native/bin/tsc" -p tsconfig.own.json | grep -v '^[. ]' || true)"
      [ -z "$wrong" ] || { echo "$wrong"; return 1; }
      vitest run --project line --reporter default --reporter "$ROOT/packages/conversation-test/reporter.ts" "$@"
      ;;
    *) echo "npm $verb is not run here" >&2; return 2 ;;
  esac
}
npx() {
  local verb="$1"; shift
  case "$verb" in
    pulumi) tool packages/cli/pulumi.ts "$@" ;;
    studio) tool packages/cli/studio.ts "$@" ;;
    local-twilio) tool packages/local-twilio/cli.ts "$@" ;;
    *) "$verb" "$@" ;;
  esac
}
set -e
`;

/** Something of a page that is done. */
type Act =
  | { readonly kind: "run"; readonly text: string; readonly line: number; readonly output: string | null }
  | { readonly kind: "write"; readonly file: string; readonly text: string };

/** What is to be done of a page, in order. */
export function actsOf(page: string): readonly Act[] {
  const { fences, lines } = partsOf(page);
  const hidden = lines.flatMap(({ text, line }) => {
    const command = /^<!-- run: (.*) -->$/.exec(text)?.[1];
    return command === undefined ? [] : [{ language: "sh", words: "run", text: command, line }];
  });
  const acts: Act[] = [];
  const all: readonly Fence[] = [...fences, ...hidden].toSorted((one, other) => one.line - other.line);
  for (const { words, text, line } of all) {
    const last = acts.at(-1);
    if (words === "run") acts.push({ kind: "run", text, line, output: null });
    else if (words.startsWith("file: ")) {
      acts.push({ kind: "write", file: words.slice(6), text: `${text}\n` });
    } else if (words === "output" && last?.kind === "run") acts.splice(-1, 1, { ...last, output: text });
  }
  return acts;
}

/** Whether something was printed, `…` in it standing for anything of a line, and alone in one for any lines. */
export function isPrinted(expected: string, printed: string): boolean {
  const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("…", ".*");
  const pattern = expected
    .trim()
    .split("\n")
    .map((line) => (line.trim() === "…" ? "(?:.*\\n)*?" : `${escaped(line.trimEnd())}[ ]*\\n`))
    .join("");
  return new RegExp(`(?:^|\\n)${pattern}`).test(`${printed.trim()}\n`);
}

const end = "\u001e";

/**
 * Does what a page says.
 *
 * @returns what went otherwise than the page says, each with its line; empty when nothing did
 */
export async function runPage(page: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "support-line-docs-"));
  const port = String(await freePort());
  const here = (text: string) => text.replaceAll("4010", port);
  try {
    for (const path of copied.filter((each) => existsSync(join(root, each)))) {
      await cp(join(root, path), join(folder, path), { recursive: true });
    }
    for (const path of linked) await symlink(join(root, path), join(folder, path));
    // What a project that npm create wrote checks before its tests.
    await cp(join(root, "packages/create/files/tsconfig.json"), join(folder, "tsconfig.own.json"));
    const acts = actsOf(page);
    await mkdir(join(folder, ".acts"));
    const script = [commands, "sed -i.bak s/4010/$PORT/ Pulumi.local.yaml; rm Pulumi.local.yaml.bak"];
    for (const [at, act] of acts.entries()) {
      if (act.kind === "write") {
        const kept = join(folder, ".acts", String(at));
        await writeFile(kept, here(act.text));
        script.push(`mkdir -p "$(dirname "${act.file}")"; cp .acts/${at} "${act.file}"`);
      } else script.push(here(act.text));
      script.push(`printf '${end}'`);
    }
    await mkdir(join(folder, ".state"), { recursive: true });
    const { printed, code } = await bash(folder, script.join("\n"), port);
    return faultsOf(acts, printed.replaceAll(port, "4010"), code);
  } finally {
    await bash(folder, `${commands}\nnpx local-twilio stop`, port);
    await rm(folder, { recursive: true, force: true });
  }
}

function faultsOf(acts: readonly Act[], printed: string, code: number): string[] {
  const parts = printed.split(end);
  return acts.flatMap((act, at) => {
    const said = (parts[at] ?? "").replaceAll(/\u001b\[[0-9;]*m/g, "");
    if (act.kind === "write") return [];
    if (at === parts.length - 1) return [`line ${act.line} ended with ${code}: ${act.text}\n${said}`];
    if (act.output === null || isPrinted(act.output, said)) return [];
    return at > parts.length - 1 ? [] : [`line ${act.line} prints something else: ${act.text}\n${said}`];
  });
}

function bash(folder: string, script: string, port: string): Promise<{ printed: string; code: number }> {
  const rest = { ...process.env };
  delete rest["PULUMI_BACKEND_URL"];
  const bin = dirname(process.execPath);
  const env = {
    ...rest,
    ROOT: root,
    PORT: port,
    NO_COLOR: "1",
    PATH: `${join(root, "node_modules/.bin")}:${bin}:${rest["PATH"] ?? ""}`,
  };
  return new Promise((resolve) => {
    let printed = "";
    const child = spawn("bash", ["-c", script], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
    }
    child.on("close", (code) => resolve({ printed, code: code ?? 1 }));
  });
}
