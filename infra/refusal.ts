import * as pulumi from "@pulumi/pulumi";

/** What people have to mend in stage files and templates, as opposed to faults of the program. */
const refusals = new Set(["StageError", "TemplateError", "StudioError", "FunctionsError"]);

/**
 * Runs `work`; a refusal in it reaches the person who ran `pulumi` as its message alone, without a stack trace.
 *
 * @throws pulumi.RunError for a refusal, anything else as it is
 */
export async function refusing<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && refusals.has(error.name)) throw new pulumi.RunError(error.message);
    throw error;
  }
}
