import { z } from "zod";
import type { JsonValue } from "../types.ts";
import type { Run, Widget } from "../widget.ts";

const variable = z.looseObject({
  key: z.string(),
  value: z.string().nullish(),
  parse_as_json: z.boolean().optional(),
});
const properties = z.looseObject({ variables: z.array(variable).optional() });

/** https://www.twilio.com/docs/studio/widget-library/set-variables */
export const setVariables: Widget = {
  type: "set-variables",
  events: ["next"],
  properties,
  enter(run) {
    const given = properties.parse(run.properties).variables ?? [];
    const values: Record<string, JsonValue> = {};
    for (const { key, value, parse_as_json: isJson = false } of given) {
      const text = run.render(`variables.${key}`, value ?? "");
      values[key] = isJson ? parsed(run, key, text) : text;
      run.set(["flow", "variables", key], values[key]);
    }
    return { leave: "next", variables: values };
  },
};

function parsed(run: Run, key: string, text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    run.warn(81018, `The variable ${key} of ${run.state.name} is no JSON and stays text`);
    return text;
  }
}
