import { optOutWords } from "../../opt-out.ts";
import type { PlacedCondition } from "../graph.ts";
import { literalsOf } from "../conditions.ts";
import type { Rule } from "../rule.ts";

export const optOutKeyword: Rule = {
  code: "opt-out-keyword",
  finds: "a branch for a word by which Twilio opts the customer out (STOP, END, CANCEL, QUIT …)",
  because:
    "on long codes and toll-free numbers Twilio answers it and refuses every message that the Flow then sends",
  severity: "warning",
  *look({ flow }) {
    for (const { name, type, ways } of flow.nodes) {
      if (type !== "split-based-on") continue;
      for (const { event, to, conditions } of ways) {
        // A branch that sends nothing more is a way to take note of it.
        if (event !== "match" || to === null || !sends(flow.from([to]), (each) => flow.node(each)?.type)) {
          continue;
        }
        for (const condition of conditions) {
          const words = looksAtMessage(condition) ? taken(condition) : [];
          if (words.length === 0) continue;
          yield {
            widget: name,
            property_path: `${condition.path}/value`,
            message: `"${name}" waits for ${words.map((word) => `"${word}"`).join(", ")}, by which Twilio opts the customer out: what the Flow then sends is refused (21610)`,
            wayOut:
              "ask for another word, or turn this off where the number's own opt-out is managed otherwise",
          };
        }
      }
    }
  },
};

const looksAtMessage = ({ arguments: looked }: PlacedCondition) =>
  looked.some((each) => /\bBody\b/i.test(each));

function taken(condition: PlacedCondition): string[] {
  return (literalsOf(condition) ?? [])
    .map((word) => word.toUpperCase())
    .filter((word) => optOutWords.includes(word));
}

function sends(names: Iterable<string>, typeOf: (name: string) => string | undefined): boolean {
  return [...names].some((name) => /^send-(message|and-wait)/.test(typeOf(name) ?? ""));
}
