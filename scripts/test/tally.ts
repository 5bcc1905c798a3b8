/**
 * Keeps on disk how many tests passed and failed: `<passed> <failed>`, written anew after each file, so that a run which is
 * killed has counted what it did. A file that could not be loaded counts as one failed test.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Reporter, TestModule, Vitest } from "vitest/node";

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** Where the tally of a run stands, from the repository's root. */
export const tallyFile = join(".state", "test-summary.txt");

export const writeTally = (root: string, { passed, failed }: Tally): void =>
  writeFileSync(join(root, tallyFile), `${passed} ${failed}\n`);

/** What a run has counted; nothing when it never came to a file's end. */
export function readTally(root: string): Tally {
  const file = join(root, tallyFile);
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const [passed = 0, failed = 0] = text.split(" ").map(Number);
  return { passed, failed };
}

export default class TallyReporter implements Reporter {
  #root = process.cwd();
  #tally: Tally = { passed: 0, failed: 0 };

  onInit(vitest: Vitest): void {
    this.#root = vitest.config.root;
  }

  onTestModuleEnd(module: TestModule): void {
    this.#tally = plus(this.#tally, tallyOf(module));
    writeTally(this.#root, this.#tally);
  }
}

const plus = (one: Tally, other: Tally): Tally => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
});

function tallyOf(module: TestModule): Tally {
  const states = [...module.children.allTests()].map((test) => test.result().state);
  const count = (state: string) => states.filter((each) => each === state).length;
  const failed = count("failed");
  return { passed: count("passed"), failed: failed === 0 && module.state() === "failed" ? 1 : failed };
}
