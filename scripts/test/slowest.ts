/** Adds to a vitest run its slowest files, each with its time. */
import type { Reporter, TestModule, TestRunEndReason, Vitest } from "vitest/node";
import type { SerializedError } from "vitest";

const shown = 20;

export default class SlowestReporter implements Reporter {
  #print: (line: string) => void = console.log;

  onInit(vitest: Vitest): void {
    this.#print = (line) => vitest.logger.log(line);
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    _errors: readonly SerializedError[],
    _reason: TestRunEndReason,
  ): void {
    if (modules.length < 2) return;
    const timed = modules
      .map((module) => ({ file: module.relativeModuleId, seconds: secondsOf(module) }))
      .toSorted((one, other) => other.seconds - one.seconds)
      .slice(0, shown);
    this.#print(["\nSlowest files, in seconds:", ...timed.map(line), ""].join("\n"));
  }
}

const line = ({ file, seconds }: { readonly file: string; readonly seconds: number }) =>
  `${seconds.toFixed(1).padStart(8)}  ${file}`;

/** A file's import, hooks and tests. */
function secondsOf(module: TestModule): number {
  const { collectDuration, setupDuration, duration } = module.diagnostic();
  return (collectDuration + setupDuration + duration) / 1000;
}
