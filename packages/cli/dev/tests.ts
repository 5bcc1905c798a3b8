/** The conversation tests of what was saved, run by the project's own vitest, one run at a time. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Snapshot } from "./snapshot.ts";

/** Folders in which a project has tests. */
const folders = ["test", "functions", "flow-templates"];

/**
 * Which test files are about the files of a save: those that name one of them, a Flow by `"support"`, a Function by its
 * path; and the tests beside them. A stage file is about all of its Flows.
 *
 * @param root folder of the project
 * @param saved paths in the project
 * @param templates the Flows of the stage
 * @returns paths in the project
 */
export function testsOf(root: string, saved: readonly string[], templates: Snapshot["templates"]): string[] {
  const names = new Set(
    saved.flatMap((file) => {
      if (/^Pulumi\..*yaml$|^package\.json$/.test(file)) return Object.values(templates);
      return [basename(file).replace(/\..*$/, "")];
    }),
  );
  return testFiles(root).filter((file) => {
    if (saved.includes(file) || names.has(basename(file).replace(/\..*$/, ""))) return true;
    const text = readFileSync(join(root, file), "utf8");
    return [...names].some((name) => text.includes(`"${name}"`) || text.includes(`${name}.json"`));
  });
}

function testFiles(root: string): string[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith(".test.ts"))
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
    )
    .sort();
}

export interface Tests {
  /** Runs these; those that are asked for during a run are the next one. */
  run(files: readonly string[]): void;
  close(): Promise<void>;
}

/** Opens them. What vitest says goes to the terminal. */
export function openTests(root: string): Tests {
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  let wanted = new Set<string>();
  let running: Promise<void> | null = null;
  const runAll = async () => {
    while (wanted.size > 0) {
      const files = [...wanted];
      wanted = new Set();
      const words = ["run", "--project", "line", "--reporter", "dot", ...files];
      const child = spawn(process.execPath, [vitest, ...words], {
        cwd: root,
        stdio: ["ignore", "inherit", "inherit"],
      });
      await new Promise((resolve) => child.on("close", resolve).on("error", resolve));
    }
  };
  return {
    run(files) {
      files.forEach((file) => wanted.add(file));
      running ??= runAll().finally(() => (running = null));
    },
    async close() {
      wanted = new Set();
      await running;
    },
  };
}
