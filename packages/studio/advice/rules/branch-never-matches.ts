import { branchesOf, whyNever } from "../branches.ts";
import type { Rule } from "../rule.ts";

export const branchNeverMatches: Rule = {
  code: "branch-never-matches",
  finds: "a branch of a split whose conditions nothing can meet",
  because: "what follows it is never said, whatever the customer writes",
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
          wayOut: "write a condition that something can meet, or delete the branch",
        };
      }
    }
  },
};
