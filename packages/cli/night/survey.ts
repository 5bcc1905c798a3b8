/** What `status` and `why` begin with: the last day of a stage, put together. */
import { failuresIn, grouped, type Failure, type Group } from "./failure.ts";
import {
  buildsNow,
  flowsNow,
  functionPath,
  missingFunctions,
  type FlowNow,
  type Missing,
} from "./now-published.ts";
import { stepsOf, type Step } from "./path.ts";
import type { NightStage } from "./night-stage.ts";
import { readRecord, type Recorded } from "./record.ts";

export interface Survey {
  readonly night: NightStage;
  readonly now: number;
  readonly record: Recorded;
  readonly flows: readonly FlowNow[];
  readonly missing: readonly Missing[];
  /** Of the Executions that alerts name and of the last of each line, by SID. */
  readonly steps: ReadonlyMap<string, readonly Step[]>;
  readonly failures: readonly Failure[];
  readonly groups: readonly Group[];
  readonly gaps: readonly string[];
}

/** As far back as is looked. */
export const surveyMs = 24 * 3600_000;
/** The last Executions of a line, whose ways are read whatever the Debugger says of them. */
const lastOfLine = 20;
/** As many ways of Executions as are read for their alerts. */
const mostAlerted = 100;

/**
 * Reads the last day of a stage: two calls and a list for each line, the Build in two, three lists for all, and one call for
 * each Execution that is looked into.
 *
 * @throws TwilioRefusal
 */
export async function surveyOf(night: NightStage, now: number): Promise<Survey> {
  const gaps: string[] = [];
  const [record, flows, builds] = await Promise.all([
    readRecord(night, now - surveyMs, now, { logs: false }),
    flowsNow(night),
    buildsNow(night, gaps),
  ]);
  const alerted = new Set(record.alerts.map(({ resourceSid }) => resourceSid));
  const last = new Set(
    night.lines.flatMap(({ name }) =>
      record.executions
        .filter(({ line }) => line === name)
        .slice(-lastOfLine)
        .map(({ sid }) => sid),
    ),
  );
  const looked = record.executions.filter(({ sid }) => alerted.has(sid) || last.has(sid));
  const most = mostAlerted + last.size;
  if (looked.length > most) {
    gaps.push(`of ${looked.length} Executions with an alert ${most} were looked into`);
  }
  const steps = await stepsOf(night, looked, most);
  const failures = failuresIn(record, steps, (line, widget) => functionPath(night, flows, line, widget));
  return {
    night,
    now,
    record,
    flows,
    missing: missingFunctions(night, flows, builds),
    steps,
    failures,
    groups: grouped(failures),
    gaps: [...record.gaps, ...gaps],
  };
}
