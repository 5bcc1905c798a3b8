import { z } from "zod";
import { jsonIn } from "../json.ts";
import { parametersShown, sidShown } from "../shown.ts";
import { isSimple } from "../subflow.ts";
import type { JsonValue } from "../types.ts";
import { type Run, widget } from "../widget.ts";

const parameter = z.looseObject({
  key: z.string(),
  value: z.string(),
  parse_as_json: z.boolean().optional(),
});
const revisions = ["LatestPublished", "LatestDraft"] as const;
const properties = z.looseObject({
  flow_sid: z.custom<string>((value) => typeof value === "string" && /^FW[0-9a-f]{32}$/i.test(value), {
    error: "must be a valid, non-liquid flow sid",
  }),
  flow_revision: z.custom<string | number>(isRevision, {
    error: `does not have a value in the enumeration [${revisions.join(", ")}] and is not a revision number`,
  }),
  parameters: z.array(parameter).optional(),
});

/** https://www.twilio.com/docs/studio/widget-library/run-subflow, https://www.twilio.com/docs/studio/subflows */
export const runSubflow = widget({
  events: ["completed", "failed"],
  kind: "flow",
  deed: "runs another Flow",
  facts: (text, { parameters }) => [sidShown(text("flow_sid")), parametersShown(parameters)],
  said: { completed: "", failed: "fails" },
  quiet: ["failed"],
  properties,
  enter(run) {
    const { flow_sid: flowSid, flow_revision: revision, parameters = [] } = properties.parse(run.properties);
    const given = parameters.map(({ key, value, parse_as_json: isJson = false }): [string, JsonValue] => {
      const text = run.render(`parameters.${key}`, value);
      return [key, isJson ? parsed(run, key, text) : text];
    });
    const named = revisions.find((name) => name === revision);
    return {
      subflow: { flowSid, revision: named ?? Number(revision), parameters: Object.fromEntries(given) },
    };
  },
});

/** A number, written as one or as text, or one of two names. */
function isRevision(value: unknown): boolean {
  if (typeof value === "number") return Number.isInteger(value) && value > 0;
  return typeof value === "string" && (/^[1-9]\d*$/.test(value) || revisions.some((name) => name === value));
}

function parsed(run: Run, key: string, text: string): JsonValue {
  const value = jsonIn(text);
  if (value !== undefined) {
    return run.switches.subflowValues === "any" || isSimple(value) ? value : text;
  }
  run.warn(81018, `The parameter ${key} of ${run.state.name} is not JSON and stays text`);
  return text;
}
