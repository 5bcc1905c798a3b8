import { nearName } from "../near-name.ts";
import type { Rule } from "../rule.ts";

export const transitionToNowhere: Rule = {
  code: "transition-to-nowhere",
  finds: "a transition to a widget that the Flow does not have, or back to its Trigger",
  because: "the Execution ends there with an error, in the middle of the conversation",
  severity: "error",
  *look({ flow }) {
    const names = flow.nodes.map(({ name }) => name);
    for (const { name, ways } of flow.nodes) {
      for (const { event, to, path } of ways) {
        if (to === null) continue;
        const target = flow.node(to);
        const at = { widget: name, property_path: `${path}/next` };
        if (target === undefined) {
          const near = nearName(to, names);
          yield {
            ...at,
            message: `"${name}" leads by ${event} to "${to}", which the Flow does not have`,
            wayOut:
              near === undefined
                ? `add the widget "${to}", or connect it to another`
                : `did you mean "${near}"?`,
          };
        } else if (target.type === "trigger") {
          yield {
            ...at,
            message: `"${name}" leads by ${event} back to the Trigger, and a Trigger can only begin an Execution`,
            wayOut: "connect it to the widget that the Trigger leads to",
          };
        }
      }
    }
  },
};
