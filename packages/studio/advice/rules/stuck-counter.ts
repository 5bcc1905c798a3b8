import { nearName } from "../near-name.ts";
import { stuckCounters } from "../counters.ts";
import type { Rule } from "../rule.ts";

export const stuckCounter: Rule = {
  code: "stuck-counter",
  finds: "a variable that should count up and has the same value each time",
  because: "the attempts never run out: the customer is asked for ever",
  severity: "warning",
  *look({ flow }) {
    for (const { node, variable, value, unset, path } of stuckCounters(flow)) {
      if (!flow.reached.has(node.name)) continue;
      const near = unset === undefined ? undefined : nearName(unset, [`flow.variables.${variable}`]);
      yield {
        widget: node.name,
        property_path: path,
        message: `{{flow.variables.${variable}}} never counts up in "${node.name}", it is always "${value}"${
          unset === undefined ? "" : `: {{${unset}}}, which it reads, is never set`
        }`,
        wayOut:
          near === undefined
            ? "count from what it was: {{flow.variables.name | plus: 1}}, with a first value in the else"
            : `ask for {{${near}}} instead`,
      };
    }
  },
};
