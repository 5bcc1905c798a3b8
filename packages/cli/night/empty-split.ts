/** Splits that compared nothing: nothing fails there, and nobody is answered as they should be. */
import { z } from "zod";
import type { Step } from "./path.ts";
import type { NightStage } from "./night-stage.ts";
import type { Ran, Recorded } from "./record.ts";

export interface EmptySplit {
  readonly widget: string;
  /** The variable that it looks at: `trigger.conversation.Body`. */
  readonly variable: string;
}

const splits = z.object({
  states: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      properties: z.object({ input: z.string().nullish() }).loose().nullish(),
    }),
  ),
});
/** One variable of what started the Execution, which nothing changes later. */
const started = /^\s*\{\{-?\s*(trigger(?:\.[\w-]+)+)\s*-?\}\}\s*$/;

/** The splits on an Execution's way that look at a variable which it does not have; two calls. */
export async function emptySplits(
  { client }: NightStage,
  { published }: Recorded,
  { sid, flowSid, line, at }: Ran,
  steps: readonly Step[],
): Promise<readonly EmptySplit[]> {
  const ran = published.findLast((each) => each.line === line && each.at <= at)?.revision ?? null;
  const flow = client.studio.v2.flows(flowSid);
  const [then, execution] = await Promise.all([
    ran === null ? flow.fetch() : flow.revisions(String(ran)).fetch(),
    flow.executions(sid).executionContext().fetch(),
  ]);
  const walked = new Set(steps.map(({ widget }) => widget));
  return (splits.safeParse(then.definition).data?.states ?? []).flatMap(({ name, type, properties }) => {
    const variable = started.exec(properties?.input ?? "")?.[1];
    if (type !== "split-based-on" || !walked.has(name) || variable === undefined) return [];
    return isMissing(execution.context, variable.split(".")) ? [{ widget: name, variable }] : [];
  });
}

function isMissing(value: unknown, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return value === undefined || value === null;
  if (typeof value !== "object" || value === null) return true;
  return !Object.hasOwn(value, name) || isMissing((value as Record<string, unknown>)[name], rest);
}
