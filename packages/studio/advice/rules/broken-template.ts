import { textsOf } from "../graph.ts";
import { templateProblem } from "../mentions.ts";
import type { Rule } from "../rule.ts";

export const brokenTemplate: Rule = {
  code: "broken-template",
  finds: "a text whose Liquid cannot be read",
  because: "the text is empty when it is sent (81018)",
  severity: "error",
  *look({ flow }) {
    for (const node of flow.nodes) {
      for (const { value, path } of textsOf(node)) {
        const problem = templateProblem(value);
        if (problem === undefined) continue;
        yield {
          widget: node.name,
          property_path: path,
          message: `the Liquid in "${node.name}" cannot be read: ${problem}`,
          wayOut: "close every {{ and {%, and use tags and filters of Liquid 4, or Studio's to_json",
        };
      }
    }
  },
};
