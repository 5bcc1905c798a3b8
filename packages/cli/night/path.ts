/** The way that an Execution took, from its steps, https://www.twilio.com/docs/studio/rest-api/v2/step */
import pLimit from "p-limit";
import type { NightStage } from "./night-stage.ts";
import type { Ran } from "./record.ts";

export interface Step {
  readonly widget: string;
  /** Event by which the widget before was left. */
  readonly event: string;
  readonly at: number;
  readonly sid: string;
}

/** A widget that was left by its failure. */
export interface FailedStep {
  readonly widget: string;
  readonly event: string;
  readonly at: number;
}

/** Events of Studio's widgets that say that what was to be done was not. */
const failures = new Set(["fail", "failed", "failure", "deliveryFailure", "callFailure", "failedToEnqueue"]);

/** As many requests as are under way at once. */
const atOnce = 4;

/**
 * The steps of Executions, oldest first, by SID; one call for each.
 *
 * @param most as many Executions as are asked for, the newest first
 */
export async function stepsOf(
  { client }: NightStage,
  executions: readonly Pick<Ran, "sid" | "flowSid">[],
  most: number,
): Promise<ReadonlyMap<string, readonly Step[]>> {
  const limit = pLimit(atOnce);
  const read = executions.slice(-most).map(({ sid, flowSid }) =>
    limit(async () => {
      const found = await client.studio.v2
        .flows(flowSid)
        .executions(sid)
        .steps.list({ limit: 1000, pageSize: 1000 });
      return [sid, inOrder(found)] as const;
    }),
  );
  return new Map(await Promise.all(read));
}

interface Listed {
  readonly sid: string;
  readonly name: string;
  readonly transitionedFrom: string;
  readonly transitionedTo: string | null;
  readonly dateCreated: Date;
}

/**
 * A step names the widgets before and after it; which it is itself, the step before says. Times are whole seconds, and which
 * way a list runs within one is on no page: it is read the way in which the widgets follow one another.
 */
function inOrder(listed: readonly Listed[]): Step[] {
  const byTime = (steps: readonly Listed[]) =>
    widgetsOf(steps.toSorted((one, other) => one.dateCreated.getTime() - other.dateCreated.getTime()));
  const [asListed, reversed] = [byTime(listed), byTime(listed.toReversed())];
  return breaks(reversed) < breaks(asListed) ? reversed : asListed;
}

interface Placed extends Step {
  readonly from: string;
}

function widgetsOf(steps: readonly Listed[]): Placed[] {
  return steps.map(({ sid, name, transitionedFrom, dateCreated }, index) => ({
    sid,
    event: name,
    at: dateCreated.getTime(),
    from: transitionedFrom,
    widget: steps[index - 1]?.transitionedTo ?? transitionedFrom,
  }));
}

/** How often a step does not come from the widget before it. */
function breaks(steps: readonly Placed[]): number {
  return steps.filter(({ from }, index) => index > 0 && from !== steps[index - 1]?.widget).length;
}

/** The widgets that were left by their failure. */
export function failedSteps(steps: readonly Step[]): FailedStep[] {
  return steps.flatMap(({ event, at }, index) => {
    const before = steps[index - 1];
    return before !== undefined && failures.has(event) ? [{ widget: before.widget, event, at }] : [];
  });
}
