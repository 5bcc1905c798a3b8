/** A roll-out as people read it: one line a stage, in columns. Pure. */
import type { Deed, Step } from "../pull-request/preview.ts";
import type { Outcome } from "./rollout-order.ts";

/** What a deployment of a stage would do. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly digest: string;
}
type Outcomes = ReadonlyMap<string, Outcome<Plan>>;

const deeds: readonly (readonly [Deed, string])[] = [
  ["replace", "replaced"],
  ["delete", "deleted"],
  ["create", "created"],
  ["update", "changed"],
];

function changes(steps: readonly Step[]): string {
  const counted = deeds.flatMap(([deed, word]) => {
    const count = steps.filter((step) => step.deed === deed).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return counted.length === 0 ? "nothing to do" : counted.join(", ");
}

/**
 * The summary: stage, outcome, seconds, what; what went wrong below.
 *
 * @param deed that was done where it succeeded
 * @param digest of what was shown, to be repeated
 */
export function summary(outcomes: Outcomes, deed: "previewed" | "deployed", digest?: string): string {
  const rows = [...outcomes].map(([stage, each]) => {
    if (each.outcome === "not started") return [stage, "not started", "", ""];
    const what = each.outcome === "done" ? changes(each.result.steps) : "see below";
    const word = each.outcome === "failed" ? "FAILED" : deed;
    return [stage, word, `${each.seconds.toFixed(1)} s`, what];
  });
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const lines = rows.map(([stage = "", word = "", seconds = "", what = ""]) =>
    [stage.padEnd(widths[0] ?? 0), word.padEnd(widths[1] ?? 0), seconds.padStart(widths[2] ?? 0), what]
      .join("  ")
      .trimEnd(),
  );
  const problems = [...outcomes].flatMap(([stage, each]) =>
    each.outcome === "failed" ? [`\n${stage}: ${each.problem}`] : [],
  );
  return [...lines, ...problems, ...(digest === undefined || problems.length > 0 ? [] : [digest])].join("\n");
}

/** The same for machines. */
export function asJson(outcomes: Outcomes, digest?: string): string {
  const stages = [...outcomes].map(([stage, each]) =>
    each.outcome === "done"
      ? { stage, outcome: each.outcome, seconds: each.seconds, steps: each.result.steps }
      : { stage, ...each },
  );
  return JSON.stringify({ stages, ...(digest === undefined ? {} : { digest }) }, null, 2);
}
