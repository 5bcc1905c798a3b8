/** Which widgets and ways of a Flow an Execution has taken, up to one of its steps. */
import type { Execution, Note, Step } from "../api/shapes.ts";

export interface Lit {
  /** How often each widget was entered. */
  readonly visits: ReadonlyMap<string, number>;
  /** Ways that were taken, as `wayOf` names them. */
  readonly ways: ReadonlySet<string>;
  /** The widget that the Execution is in, at that step. */
  readonly current: string | null;
  /** The widget that it came to last; null before the first. */
  readonly last: string | null;
  /** The one before. */
  readonly before: string | null;
  /** What the current widget waits for; null when it waits for nothing, or that is past. */
  readonly waiting: Execution["waiting"];
  /** Why widgets failed, by name. */
  readonly failed: ReadonlyMap<string, string>;
}

/** The name of a way from a widget to another; to null, the Flow's end. */
export function wayOf(from: string, to: string | null): string {
  return `${from}\n${to ?? ""}`;
}

/** Events by which a widget is left when it did not do what it is there for. */
const failures: Readonly<Record<string, string>> = {
  fail: "the Function failed",
  failed: "it failed",
  deliveryFailure: "the message was not delivered",
  timeout: "nobody answered in time",
  noMatch: "",
};

/** Whether a step was left by a failure. */
export function hasFailed(step: Pick<Step, "left">): boolean {
  const said = failures[step.left?.event ?? ""];
  return said !== undefined && said !== "" && step.left?.event !== "timeout";
}

/**
 * The lit path.
 *
 * @param upTo index of the last step that counts
 * @param isLive whether that step is where the Execution is now
 */
export function litBy(
  execution: Execution,
  steps: readonly Step[],
  notes: readonly Note[],
  upTo: number,
  isLive: boolean,
): Lit {
  const taken = steps.slice(0, upTo + 1);
  const visits = new Map<string, number>();
  const ways = new Set<string>();
  const failed = new Map<string, string>();
  for (const [at, step] of taken.entries()) {
    visits.set(step.state, (visits.get(step.state) ?? 0) + 1);
    if (step.from !== "") ways.add(wayOf(step.from, step.state));
    if (step.left?.to === null && (isLive || at < upTo)) ways.add(wayOf(step.state, null));
    if (hasFailed(step)) failed.set(step.state, whyFailed(step, notes));
    else failed.delete(step.state);
  }
  for (const { type, data } of isLive ? notes : []) {
    if (type === "execution.failed") failed.set(execution.state, String(data["message"]));
  }
  const last = taken.at(-1);
  // What the event stream says of the place is sooner here than the list of steps.
  const current = isLive ? execution.state || (last?.state ?? null) : (last?.state ?? null);
  const hasEnded = isLive && execution.status === "ended";
  if (isLive && current !== null && !visits.has(current) && current !== "") visits.set(current, 1);
  return {
    visits,
    ways,
    current: hasEnded ? null : current,
    last: current,
    before: last?.from === undefined || last.from === "" ? null : last.from,
    waiting: isLive ? execution.waiting : null,
    failed,
  };
}

function whyFailed(step: Step, notes: readonly Note[]): string {
  const note = notes.findLast(({ data }) => data["state"] === step.state);
  const said = note?.data["reason"] ?? note?.data["message"];
  return typeof said === "string" ? said : (failures[step.left?.event ?? ""] ?? "it failed");
}
