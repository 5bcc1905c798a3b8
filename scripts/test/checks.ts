/** What is checked without running the software: lint, types, format, and the repository's own checks. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import pLimit from "p-limit";
import { duration } from "../../packages/cli/duration.mjs";
import { run, type Ended } from "./run.ts";

const steps: Readonly<Record<string, (root: string) => Promise<Ended>>> = {
  format: (root) => run(root, "prettier", ["--check", "--log-level", "warn", ...cache, "."]),
  lint: (root) => run(root, "oxlint", ["."]),
  types: (root) => typesOf(root, "."),
  "console types": (root) => typesOf(root, join("packages", "console")),
  checks: repositoryChecks,
};

/** What was in format stays so while its text and the options do. */
const cache = ["--cache", "--cache-strategy", "content"];

/** The native compiler, by its path: `tsc` is the name of the other one too. */
function typesOf(root: string, project: string): Promise<Ended> {
  const compiler = join(root, "node_modules", "typescript-native", "bin", "tsc");
  return run(root, "node", [compiler, "--noEmit", "-p", project]);
}

/** One file in `scripts/check` is one check: it exports `check(root)`, which names what is wrong. */
async function repositoryChecks(root: string): Promise<Ended> {
  const folder = new URL("../check/", import.meta.url);
  const faults: string[] = [];
  for (const file of readdirSync(folder).filter((name) => !name.endsWith(".test.ts"))) {
    const { check } = (await import(new URL(file, folder).href)) as { check?: (root: string) => string[] };
    faults.push(...(check?.(root) ?? []));
  }
  return { ok: faults.length === 0, output: faults.join("\n") };
}

/** Runs all of them, says how each came out, and answers the names of those that failed. */
export async function failedChecks(root: string): Promise<string[]> {
  const failed: string[] = [];
  // Two at once: they are single processes that keep a core busy each.
  const atOnce = pLimit(2);
  const one = async ([name, step]: [string, (root: string) => Promise<Ended>]) => {
    const start = Date.now();
    const { ok, output } = await step(root);
    console.log(`${name.padEnd(14)}${ok ? "ok" : "failed"}  ${duration(Date.now() - start)}`);
    if (ok) return;
    failed.push(name);
    console.log(output.trimEnd().replaceAll(/^/gm, "  "));
  };
  await Promise.all(Object.entries(steps).map((step) => atOnce(() => one(step))));
  return failed;
}
