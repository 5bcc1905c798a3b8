/** Whether a failure is over: undone by a rollback, or gone since something else was published. Pure. */
import { publishedWords } from "./blame.ts";
import type { Layer } from "./codes.ts";
import type { Failure } from "./failure.ts";
import type { Survey } from "./survey.ts";
import { clock } from "./words.ts";

/** What a rollback undoes. A phone that nobody reaches is not reached after it either. */
const ofCode: readonly Layer[] = ["flow", "function", "webhook"];

export interface Since {
  /** `the rollback at 14:02`, `revision 8 of line support at 14:02 ("kinder")` */
  readonly words: string;
  /** Whether it is over: a rollback undid what brought it in, or customers came by its widget since and it did not fail. */
  readonly isOver: boolean;
}

/** What was changed after the last time of a failure; null when nothing was. */
export function changedSince(
  {
    night,
    record,
    steps,
    now,
  }: Pick<Survey, "steps" | "now"> & {
    readonly night: Pick<Survey["night"], "rolledBack">;
    readonly record: Pick<Survey["record"], "published" | "executions">;
  },
  { last, layer }: { readonly last: Pick<Failure, "at" | "line" | "widget">; readonly layer: Layer },
): Since | null {
  const isPassedSince = (since: number) =>
    record.executions.some(
      ({ sid, at }) => at > since && (steps.get(sid) ?? []).some(({ widget }) => widget === last.widget),
    );
  const rolledBack = night.rolledBack === null ? null : Date.parse(night.rolledBack);
  if (rolledBack !== null && rolledBack > last.at) {
    const isOver = ofCode.includes(layer) || isPassedSince(rolledBack);
    return { words: `the rollback at ${clock(rolledBack, now)}`, isOver };
  }
  // Of what happened in no widget nobody can be seen to have come by.
  if (last.widget === null) return null;
  const next = record.published.find(
    ({ at, line }) => at > last.at && (line === null || last.line === null || line === last.line),
  );
  if (next === undefined) return null;
  return { words: publishedWords(next, now), isOver: isPassedSince(next.at) };
}
