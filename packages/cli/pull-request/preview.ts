/** What `pulumi preview --json` says, without any value: names and properties alone, so no secret can be shown. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { pulumiRun } from "../stage/pulumi.ts";

export type Deed = "replace" | "delete" | "create" | "update";

/** One resource that a deployment would touch. */
export interface Step {
  readonly deed: Deed;
  readonly type: string;
  readonly name: string;
  /** Paths of the properties that change. */
  readonly properties: readonly string[];
}

/** A preview of one stage; `failed` when it did not come to its end, and then it has no steps. */
export type Preview =
  { readonly steps: readonly Step[]; readonly digest: string } | { readonly failed: string };

const printed = z.object({
  steps: z
    .array(
      z.object({
        op: z.string(),
        urn: z.string(),
        detailedDiff: z.record(z.string(), z.unknown()).nullish(),
        diffReasons: z.array(z.string()).nullish(),
        oldState: z.object({ inputs: z.unknown().optional() }).nullish(),
        newState: z.object({ inputs: z.unknown().optional() }).nullish(),
      }),
    )
    .nullish(),
  diagnostics: z.array(z.object({ message: z.string().nullish(), severity: z.string().nullish() })).nullish(),
});

const deeds: Readonly<Record<string, Deed>> = {
  replace: "replace",
  delete: "delete",
  create: "create",
  update: "update",
};

/** Telephone numbers by their last four digits. */
export function masked(text: string): string {
  return text.replace(/\+\d{3,11}(\d{4})(?!\d)/g, "…$1");
}

/**
 * Reads what a preview printed. One that ended badly, or with an error among its diagnostics, has failed, whatever steps it
 * got to.
 *
 * @param exitCode of the CLI
 */
export function readPreview(stdout: string, stderr: string, exitCode: number): Preview {
  const found = parsed(stdout);
  const errors = (found?.diagnostics ?? []).filter(({ severity }) => severity === "error");
  if (exitCode !== 0 || errors.length > 0 || found === null) {
    // What is no JSON is a complaint of the CLI's; JSON that is not understood is not shown, since it holds values.
    const complaint = stdout.trimStart().startsWith("{") ? "" : stdout.trim();
    const said =
      errors.map(({ message }) => message ?? "").join("\n") ||
      stderr.trim() ||
      complaint ||
      "what it printed is not understood";
    return { failed: masked(said.trim()) };
  }
  const touched = (found.steps ?? []).filter(({ op }) => op in deeds);
  const steps = touched.map((step): Step => {
    const [, , type = "", name = ""] = step.urn.split("::");
    const properties = Object.keys(step.detailedDiff ?? {});
    return {
      deed: deeds[step.op] ?? "update",
      type: type.split("$").at(-1) ?? type,
      name,
      properties: (properties.length > 0 ? properties : (step.diffReasons ?? [])).toSorted(),
    };
  });
  const essence = touched
    .map(({ op, urn, oldState, newState }) =>
      JSON.stringify([op, urn, canonical(oldState?.inputs), canonical(newState?.inputs)]),
    )
    .toSorted();
  return { steps, digest: createHash("sha256").update(essence.join("\n")).digest("hex") };
}

function parsed(stdout: string): z.infer<typeof printed> | null {
  try {
    return printed.parse(JSON.parse(stdout));
  } catch {
    return null;
  }
}

/** The same value whatever the order of its keys. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value ?? null;
  return Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, each]) => [key, canonical(each)]);
}

/**
 * Previews a stage without a refresh, which asks nothing of Twilio.
 *
 * @param words more for the CLI, such as a stage file that is elsewhere
 */
export async function preview(stage: string, words: readonly string[] = []): Promise<Preview> {
  const { ok, stdout, stderr } = await pulumiRun([
    "preview",
    "--json",
    "--refresh=false",
    "-s",
    stage,
    ...words,
  ]);
  return readPreview(stdout, stderr, ok ? 0 : 1);
}
