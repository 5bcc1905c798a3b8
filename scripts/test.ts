/** `npm test`: format, lint, types, the checks of the repository, then every test. Arguments narrow the tests. */
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pLimit from "p-limit";
import { duration } from "./setup/duration.mjs";
import { countTests } from "./test/count-tests.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const state = join(root, ".state");
const report = join(state, "test-report.json");
const summary = join(state, "test-summary.txt");

/** How a step ended: what it printed matters only when it failed. */
interface Ended {
  readonly ok: boolean;
  readonly output: string;
}

const tool = (name: string) => join(root, "node_modules", ".bin", name);

function run(command: string, args: readonly string[], show = false): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: show ? "inherit" : ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    child.on("error", (error) => resolve({ ok: false, output: error.message }));
    child.on("close", (code) => resolve({ ok: code === 0, output }));
  });
}

/** One file in `scripts/check` is one check: it exports `check(root)`, which names what is wrong. */
async function repositoryChecks(): Promise<Ended> {
  const folder = new URL("check/", import.meta.url);
  const faults: string[] = [];
  for (const file of readdirSync(folder).filter((name) => !name.endsWith(".test.ts"))) {
    const { check } = (await import(new URL(file, folder).href)) as { check?: (root: string) => string[] };
    faults.push(...(check?.(root) ?? []));
  }
  return { ok: faults.length === 0, output: faults.join("\n") };
}

const steps: readonly (readonly [string, () => Promise<Ended>])[] = [
  ["lint", () => run(tool("eslint"), ["."])],
  [
    "types",
    () =>
      run(tool("tsc"), [
        "--noEmit",
        "--incremental",
        "--tsBuildInfoFile",
        join(state, "types.json"),
        "-p",
        ".",
      ]),
  ],
  ["console types", () => run(tool("tsc"), ["--noEmit", "-p", join(root, "packages", "console")])],
  ["format", () => run(tool("prettier"), ["--check", "--log-level", "warn", "."])],
  ["checks", repositoryChecks],
];

mkdirSync(state, { recursive: true });
for (const file of [report, summary]) rmSync(file, { force: true });

const failed: string[] = [];
// Two at once: they are single processes that keep a core busy each.
const atOnce = pLimit(2);
await Promise.all(
  steps.map(([name, step]) =>
    atOnce(async () => {
      const start = Date.now();
      const { ok, output } = await step();
      if (!ok) failed.push(name);
      console.log(`${name.padEnd(14)}${ok ? "ok" : "failed"}  ${duration(Date.now() - start)}`);
      if (!ok) console.log(output.trimEnd().replaceAll(/^/gm, "  "));
    }),
  ),
);

const reporters = [
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
  // How much of each Flow the conversation tests walked.
  "--reporter=./packages/conversation-test/reporter.ts",
];
const tests = await run(tool("vitest"), ["run", ...reporters, ...process.argv.slice(2)], true);
if (!tests.ok) failed.push("tests");

const counts = countTests(report);
// What failed without being a test counts too, so that a sum of 0 failed means that all is well.
const others = failed.length - (tests.ok ? 0 : 1) + (tests.ok || counts.failed > 0 ? 0 : 1);
writeFileSync(summary, `${counts.passed} ${counts.failed + others}\n`);

if (failed.length > 0) {
  console.error(`\nfailed: ${failed.join(", ")}`);
  process.exitCode = 1;
}
