import { branchesOf, whyNever } from "../branches.ts";
import type { Rule } from "../rule.ts";

export const branchNeverMatches: Rule = {
  code: "branch-never-matches",
  finds: "a branch of a split with conditions that can never hold",
  because: "what follows it never happens, whatever the customer writes",
  severity: "warning",
  *look({ flow }) {
    for (const node of flow.nodes) {
      for (const branch of branchesOf(node)) {
        const why = whyNever(branch);
        if (why === undefined) continue;
        yield {
          widget: node.name,
          property_path: branch.conditions.length === 0 ? branch.path : `${branch.path}/conditions`,
          message: `${branch.said} of "${node.name}" never matches: ${why}`,
          wayOut: "write a condition that can hold, or delete the branch",
        };
      }
    }
  },
};
