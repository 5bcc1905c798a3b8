/** One thing wrong with a stage file. */
export interface Fault {
  /** Where, without the project's name: `lines[0].address`. */
  readonly key: string;
  readonly value: unknown;
  /** What is wrong and the way out, to be read after the key and its value. */
  readonly problem: string;
}

/** A stage file that cannot be used. Its message names every fault; nothing was contacted. */
export class StageError extends Error {
  readonly code = "stage-invalid";
  readonly faults: readonly Fault[];

  constructor(stage: string, faults: readonly Fault[]) {
    const lines = faults.map(({ key, value, problem }) => {
      const shown = value === undefined ? "" : ` ${JSON.stringify(value)}`;
      return `  support-line:${key}${shown} ${problem}`;
    });
    const count = faults.length === 1 ? "one thing" : `${faults.length} things`;
    super(`Pulumi.${stage}.yaml has ${count} to mend; nothing was contacted.\n${lines.join("\n")}`);
    this.name = "StageError";
    this.faults = faults;
  }
}
