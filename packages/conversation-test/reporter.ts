/**
 * Adds to a vitest run how much of each Flow its conversations walked: a short table at the end, and beside it JSON and a
 * picture for each Flow.
 */
import { drawSvg } from "@support-line/studio/draw";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Reporter, TestModule, TestRunEndReason, Vitest } from "vitest/node";
import type { SerializedError } from "vitest";
import type { Coverage } from "./coverage/coverage.ts";
import { merge, type FlowCoverage } from "./coverage/report.ts";
import { coverageTable } from "./coverage/table.ts";

export interface CoverageReporterOptions {
  /** Where the JSON and the pictures go, from the project's root. */
  readonly folder?: string;
}

export default class CoverageReporter implements Reporter {
  readonly #folder: string;
  #root = process.cwd();
  #print: (line: string) => void = console.log;

  constructor({ folder = ".state/flow-coverage" }: CoverageReporterOptions = {}) {
    this.#folder = folder;
  }

  onInit(vitest: Vitest): void {
    this.#root = vitest.config.root;
    this.#print = (line) => vitest.logger.log(line);
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    _errors: readonly SerializedError[],
    _reason: TestRunEndReason,
  ): void {
    const coverages = merge(modules.flatMap(reportsOf));
    if (coverages.length === 0) return;
    const folder = join(this.#root, this.#folder);
    mkdirSync(folder, { recursive: true });
    for (const coverage of coverages) write(folder, coverage);
    this.#print(`\n${coverageTable(coverages.map((each) => each.summary())).join("\n")}`);
    this.#print(`  JSON and pictures are in ${this.#folder}\n`);
  }
}

function reportsOf(module: TestModule): FlowCoverage[] {
  return [...module.children.allTests()].flatMap((each) => each.meta().flowCoverage ?? []);
}

function write(folder: string, coverage: Coverage): void {
  const { flow, definition } = coverage;
  const name =
    flow
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .slice(0, 60) || "flow";
  const summary = coverage.summary();
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(summary, null, 2)}\n`);
  const title = `${flow}: ${summary.transitions.reached} of ${summary.transitions.of} transitions`;
  writeFileSync(join(folder, `${name}.svg`), drawSvg(definition, { highlight: coverage.highlight(), title }));
}
