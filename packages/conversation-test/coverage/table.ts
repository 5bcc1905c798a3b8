/** Coverage as a short table, for a terminal. */
import type { CoverageSummary, Share } from "./coverage.ts";
import type { Reach } from "./places.ts";

/** As many missed parts of one Flow are named; the JSON has them all. */
const mostMissed = 10;

const others: Readonly<Record<Exclude<Reach, "conversation">, string>> = {
  request: "only by the REST API",
  parent: "only by a parent Flow",
  nothing: "by nothing",
};

/** Lines: a row a Flow, below it what is missing, and how much no message or call can reach. */
export function coverageTable(summaries: readonly CoverageSummary[]): string[] {
  const width = Math.max(4, ...summaries.map(({ flow }) => flow.length));
  return [
    `${"Flow".padEnd(width)}  ${"widgets".padStart(14)}  ${"transitions".padStart(14)}`,
    ...summaries.flatMap((summary) => [
      `${summary.flow.padEnd(width)}  ${shareSaid(summary.widgets)}  ${shareSaid(summary.transitions)}`,
      ...missedLines(summary),
      ...apartLines(summary),
    ]),
  ];
}

function shareSaid({ reached, of }: Share): string {
  const percent = of === 0 ? 100 : Math.floor((100 * reached) / of);
  return `${reached}/${of}`.padStart(9) + `${percent}%`.padStart(5);
}

function missedLines({ missed }: CoverageSummary): string[] {
  const widgets = new Set(missed.widgets.map(({ widget }) => widget));
  const lines = [
    ...missed.widgets.map(({ widget }) => `  never entered: ${widget}`),
    // Of a widget that was never entered, no transition was taken: once is enough.
    ...missed.transitions
      .filter(({ widget }) => !widgets.has(widget))
      .map(({ widget, words, to }) => `  never taken: ${widget}, ${words} → ${to ?? "end"}`),
  ];
  const more = lines.length - mostMissed;
  return more > 0 ? [...lines.slice(0, mostMissed), `  and ${more} more`] : lines;
}

function apartLines({ apart }: CoverageSummary): string[] {
  const reaches = Object.keys(others) as (keyof typeof others)[];
  return reaches.flatMap((reach) => {
    const count = apart.transitions.filter((each) => each.reach === reach).length;
    if (count === 0) return [];
    return [
      `  reached ${others[reach]}, and not counted: ${count} ${count === 1 ? "transition" : "transitions"}`,
    ];
  });
}
