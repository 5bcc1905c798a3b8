import { nearName } from "../near-name.ts";
import { stuckCounters } from "../counters.ts";
import type { Rule } from "../rule.ts";

export const stuckCounter: Rule = {
  code: "stuck-counter",
  finds: "a variable that is counted up from itself and comes to the same each time",
  because: "what counts attempts never ends: the customer is asked for ever",
  severity: "warning",
  *look({ flow }) {
    for (const { node, variable, value, unset, path } of stuckCounters(flow)) {
      if (!flow.reached.has(node.name)) continue;
      const near = unset === undefined ? undefined : nearName(unset, [`flow.variables.${variable}`]);
      yield {
        widget: node.name,
        property_path: path,
        message: `{{flow.variables.${variable}}} never counts in "${node.name}", it is always "${value}"${
          unset === undefined ? "" : `: {{${unset}}}, which it asks for, is never set`
        }`,
        wayOut:
          near === undefined
            ? "count from what it was: {{flow.variables.name | plus: 1}}, with a first value in the else"
            : `ask for {{${near}}} instead`,
      };
    }
  },
};
