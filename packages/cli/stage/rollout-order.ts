/** Which stages are rolled out to, and in which order they are tried. Knows neither Pulumi nor Twilio. */
import { CliError } from "../errors.ts";
import { localStage } from "../pulumi/stage-of.ts";

/**
 * The stages that names and patterns mean: in the order they were named, each once; what a pattern like `customer-*` means,
 * by name. Stage `local` is meant only by its own name.
 *
 * @throws CliError `no-such-stage` for what means none
 */
export function stagesMeant(words: readonly string[], known: readonly string[]): string[] {
  const meant = words.flatMap((word) => {
    const isPattern = word.includes("*");
    const pattern = new RegExp(`^${word.split("*").map(escaped).join(".*")}$`);
    const found = known
      .filter((name) => pattern.test(name) && !(isPattern && name === localStage))
      .toSorted();
    if (found.length === 0) throw new CliError("no-such-stage", { stage: word, known: known.join(", ") });
    return found;
  });
  return [...new Set(meant)];
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** How one stage came out of it. */
export type Outcome<Done> =
  | { readonly outcome: "done"; readonly seconds: number; readonly result: Done }
  | { readonly outcome: "failed"; readonly seconds: number; readonly problem: string }
  | { readonly outcome: "not started" };

export interface Pool<Done> {
  /** How many are under way at most. */
  readonly atOnce: number;
  readonly run: (stage: string) => Promise<Done>;
  /** Told of each end. */
  readonly ended?: (stage: string, outcome: Outcome<Done>) => void;
}

/**
 * Runs something for each stage, a few at a time. After the first failure no other begins; those that are under way come to
 * their end, since a deployment that is cut off leaves more to fix than one that is finished.
 *
 * @returns by stage, in the order given
 */
export async function fewAtATime<Done>(
  stages: readonly string[],
  { atOnce, run, ended }: Pool<Done>,
): Promise<Map<string, Outcome<Done>>> {
  const outcomes = new Map<string, Outcome<Done>>(stages.map((stage) => [stage, { outcome: "not started" }]));
  const waiting = [...stages];
  let hasFailed = false;
  const worker = async () => {
    for (let stage = waiting.shift(); stage !== undefined && !hasFailed; stage = waiting.shift()) {
      const begin = performance.now();
      const seconds = () => Math.round((performance.now() - begin) / 100) / 10;
      let outcome: Outcome<Done>;
      try {
        const result = await run(stage);
        outcome = { outcome: "done", seconds: seconds(), result };
      } catch (error) {
        hasFailed = true;
        const problem = error instanceof Error ? error.message : String(error);
        outcome = { outcome: "failed", seconds: seconds(), problem };
      }
      outcomes.set(stage, outcome);
      ended?.(stage, outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, stages.length) }, worker));
  return outcomes;
}
