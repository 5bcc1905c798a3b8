/** What one test tells of a Flow's coverage, and the sum of what many tell. */
import type { FlowDefinition } from "@support-line/studio";
import { createHash } from "node:crypto";
import { Coverage, type Counts } from "./coverage.ts";

/** What a test walked. It crosses from a test's process to the reporter's, so it is plain data. */
export interface FlowCoverage {
  readonly flow: string;
  /** Tells Flows of one name apart. */
  readonly id: string;
  /** Once for each process: the same text each time would be all that crosses. */
  readonly definition?: FlowDefinition;
  readonly counts: Counts;
}

const known = new WeakMap<FlowDefinition, string>();

/** What was walked, as data; the definition goes along the first time. */
export function reportOf(coverage: Coverage): FlowCoverage {
  const { flow, definition } = coverage;
  const counts = coverage.counts();
  const id = known.get(definition);
  if (id !== undefined) return { flow, id, counts };
  const made = createHash("sha256").update(JSON.stringify(definition)).digest("hex").slice(0, 12);
  known.set(definition, made);
  return { flow, id: made, definition, counts };
}

/** Adds up what tests told, by Flow in the order of their names. One whose definition nobody told is left out. */
export function merge(reports: readonly FlowCoverage[]): Coverage[] {
  const flows = Map.groupBy(reports, ({ flow, id }) => `${flow} ${id}`);
  const merged = [...flows.values()].flatMap((told) => {
    const definition = told.find((each) => each.definition !== undefined)?.definition;
    const [first] = told;
    if (definition === undefined || first === undefined) return [];
    const coverage = new Coverage(first.flow, definition);
    for (const { counts } of told) coverage.add(counts);
    return [coverage];
  });
  return merged.sort((one, other) => one.flow.localeCompare(other.flow));
}
