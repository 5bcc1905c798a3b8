import type { Rule } from "../rule.ts";
import { widgetOfType } from "../../widgets/index.ts";

export const retiredWidget: Rule = {
  code: "retired-widget",
  finds: "a widget of a service that Twilio has shut down",
  because: "it fails whenever a customer reaches it",
  severity: "warning",
  *look({ flow }) {
    for (const { name, type, path } of flow.nodes) {
      const service = widgetOfType(type)?.service;
      if (service === undefined) continue;
      yield {
        widget: name,
        property_path: `${path}/type`,
        message: `"${name}" (${type}) always fails: ${service} is no longer there`,
        wayOut: "do the same with a Function, or go past it",
      };
    }
  },
};
