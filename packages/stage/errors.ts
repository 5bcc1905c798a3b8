import type { StageName } from "./names.ts";

/** One thing wrong with a stage file. */
export interface Fault {
  /** Where, without the project's name: `lines[0].address`. */
  readonly key: string;
  readonly value: unknown;
  /** What is wrong and the way out, to be read after the key and its value. */
  readonly problem: string;
  /** Where it stands in the stage file, counted from 1; absent where nobody knows. */
  readonly line?: number;
}

/** `lines[0].address "+1555" is …`, as it is read everywhere. */
export function faultWords({ key, value, problem }: Fault): string {
  return `${key}${value === undefined ? "" : ` ${JSON.stringify(value)}`} ${problem}`;
}

/** A stage file that cannot be used. Its message names every fault; nothing was contacted. */
export class StageError extends Error {
  readonly code = "stage-invalid";
  readonly faults: readonly Fault[];

  constructor({ project, name }: StageName, faults: readonly Fault[]) {
    const lines = faults.map((fault) => {
      const place = fault.line === undefined ? "" : ` (line ${fault.line})`;
      return `  ${project}:${faultWords(fault)}${place}`;
    });
    const count = faults.length === 1 ? "one thing" : `${faults.length} things`;
    super(`Pulumi.${name}.yaml has ${count} to fix; nothing was contacted.\n${lines.join("\n")}`);
    this.name = "StageError";
    this.faults = faults;
  }
}

/** A folder that is no project, or a project whose own files cannot be read. Its message says which file and what to do. */
export class ProjectError extends Error {
  readonly code = "project-invalid";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ProjectError";
  }
}
