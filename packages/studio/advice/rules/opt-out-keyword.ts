import { optOutWords } from "../../opt-out.ts";
import type { PlacedCondition } from "../graph.ts";
import { wordsOf } from "../conditions.ts";
import type { JsonValue } from "../../types.ts";
import type { Rule } from "../rule.ts";

export const optOutKeyword: Rule = {
  code: "opt-out-keyword",
  finds: "a branch for a word that makes Twilio opt the customer out (STOP, END, CANCEL, QUIT …)",
  because:
    "on long codes and toll-free numbers Twilio answers it, and refuses what the Flow sends afterwards",
  severity: "warning",
  *look({ flow }) {
    const sending = new Map<string, boolean>();
    const sends = (to: string): boolean => {
      const known = sending.get(to);
      if (known !== undefined) return known;
      const found = [...flow.from([to])].some((name) =>
        /^send-(message|and-wait)/.test(flow.node(name)?.type ?? ""),
      );
      sending.set(to, found);
      return found;
    };
    for (const { name, type, ways, properties } of flow.nodes) {
      if (type !== "split-based-on") continue;
      for (const { event, to, conditions } of ways) {
        if (event !== "match" || to === null) continue;
        for (const condition of conditions) {
          const words = looksAtMessage(condition, properties["input"]) ? taken(condition) : [];
          // A branch that sends nothing more is a way to take note of it.
          if (words.length === 0 || !sends(to)) continue;
          yield {
            widget: name,
            property_path: `${condition.path}/value`,
            message: `"${name}" waits for ${words.map((word) => `"${word}"`).join(", ")} and Twilio opts the customer out for it: what the Flow sends afterwards is refused (21610)`,
            wayOut:
              "use another word, or switch this advice off if the number manages opt-out in another way",
          };
        }
      }
    }
  },
};

/** Without arguments, a condition looks at the split's input. */
function looksAtMessage({ arguments: looked }: PlacedCondition, input: JsonValue | undefined): boolean {
  return (looked.length === 0 ? [input] : looked).some(
    (each) => typeof each === "string" && /\bBody\b/i.test(each),
  );
}

function taken(condition: PlacedCondition): string[] {
  return (wordsOf(condition) ?? [])
    .map((word) => word.toUpperCase())
    .filter((word) => optOutWords.includes(word));
}
