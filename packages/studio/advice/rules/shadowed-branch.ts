import { branchesOf, covers, takes, whyNever, type Branch } from "../branches.ts";
import type { Finding, Rule } from "../rule.ts";

export const shadowedBranch: Rule = {
  code: "shadowed-branch",
  finds: "a branch of a split, or a word in its list, that an earlier branch takes first",
  because: "the first branch that matches is taken, so this one never is, although it looks so",
  severity: "warning",
  *look({ flow }) {
    for (const node of flow.nodes) {
      const branches = branchesOf(node).filter((branch) => whyNever(branch) === undefined);
      for (const [at, branch] of branches.entries()) {
        // Two branches that lead to one place do no harm to each other.
        const earlier = branches.slice(0, at).filter(({ to }) => to !== branch.to);
        const found = shadowOf(earlier, branch);
        if (found === undefined) continue;
        yield {
          widget: node.name,
          property_path: `${branch.path}/conditions`,
          ...said(node.name, branch, found),
        };
      }
    }
  },
};

interface Shadow {
  readonly by: Branch;
  /** The words that are taken; undefined when nothing is left to the branch. */
  readonly words?: readonly string[];
}

function shadowOf(earlier: readonly Branch[], branch: Branch): Shadow | undefined {
  const whole = earlier.find((each) => covers(each, branch));
  if (whole !== undefined) return { by: whole };
  const taken = (branch.literals ?? []).flatMap((word) => {
    const by = earlier.find((each) => takes(each, branch, word));
    return by === undefined ? [] : [{ by, word }];
  });
  const [first] = taken;
  if (first === undefined) return undefined;
  if (taken.length === branch.literals?.length) return { by: first.by };
  return { by: first.by, words: taken.map(({ word }) => word) };
}

function said(widget: string, branch: Branch, { by, words }: Shadow): Pick<Finding, "message" | "wayOut"> {
  const order = "put the narrower branch first";
  if (words === undefined) {
    return {
      message: `${branch.said} of "${widget}" is never taken: ${by.said} comes before it and takes everything it would take`,
      wayOut: `${order}, or delete it`,
    };
  }
  const list = words.map((word) => `"${word}"`).join(", ");
  return {
    message: `${branch.said} of "${widget}" never sees ${list}: ${by.said} comes before it`,
    wayOut: `${order}, or remove ${list} from one of them`,
  };
}
