import { z } from "zod";
import { isObject, jsonIn } from "../json.ts";
import { entriesOf, plain } from "../shown.ts";
import type { JsonValue } from "../types.ts";
import { type Run, widget } from "../widget.ts";

const variable = z.looseObject({
  key: z.string(),
  value: z.string().nullish(),
  index: z.string().optional(),
  parse_as_json: z.boolean().optional(),
});
const properties = z.looseObject({ variables: z.array(variable).optional() });

/** https://www.twilio.com/docs/studio/widget-library/set-variables */
export const setVariables = widget({
  events: ["next"],
  kind: "logic",
  deed: "notes",
  facts: (_, { variables }) => entriesOf(variables).map(([key, value]) => `${key} = ${plain(value)}`),
  said: { next: "" },
  properties,
  variables: (given) => (properties.safeParse(given).data?.variables ?? []).map(({ key }) => key),
  enter(run) {
    const given = properties.safeParse(run.properties).data?.variables ?? [];
    // They are set together when the step ends: none of them sees another's new value.
    const values = Object.fromEntries(
      given.map(({ key, value, parse_as_json: isJson = false }): [string, JsonValue] => {
        const text = run.render(`variables.${key}`, value ?? "");
        return [key, isJson ? parsed(run, key, text) : text];
      }),
    );
    const { variables } = run.execution.context.flow;
    run.set(["flow", "variables"], { ...(isObject(variables) ? variables : {}), ...values });
    return { leave: "next", variables: values };
  },
});

function parsed(run: Run, key: string, text: string): JsonValue {
  const value = jsonIn(text);
  if (value !== undefined) return value;
  run.warn(81018, `The variable ${key} of ${run.state.name} is not JSON and stays text`);
  return text;
}
