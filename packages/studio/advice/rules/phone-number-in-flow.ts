import { textsOf, type Text } from "../graph.ts";
import type { Rule } from "../rule.ts";

const international = /(?<![\w+])\+[1-9]\d{7,14}(?!\d)/;
/** A number and nothing else, as people write it. */
const written = /^\+?(?:[\s().-]*\d){10,15}[\s().-]*$/;
/** Properties that hold an address and nothing else. */
const addresses = new Set(["to", "from", "noun", "caller_id"]);
/** What customers read and hear: a number in it is a wording, and meant for them. */
const wordings = new Set(["body", "say", "body_text", "description"]);

export const phoneNumberInFlow: Rule = {
  code: "phone-number-in-flow",
  finds: "a phone number written into a property, a parameter or a condition",
  because: "it differs from stage to stage, and nobody's number belongs in a template",
  severity: "warning",
  *look({ flow }) {
    for (const node of flow.nodes) {
      for (const text of textsOf(node)) {
        const found = numberIn(text);
        if (found === undefined) continue;
        yield {
          widget: node.name,
          property_path: text.path,
          message: `"${node.name}" has a phone number written into it (…${found.replace(/\D/g, "").slice(-4)})`,
          wayOut: "fill the place by a binding, pass it as a parameter, or put it into a Function",
        };
      }
    }
  },
};

function numberIn({ keys, value }: Text): string | undefined {
  const property = String(keys[0] === "properties" ? keys[1] : "");
  if (wordings.has(property)) return undefined;
  if (addresses.has(property) && written.test(value.trim())) return value;
  return international.exec(value)?.[0];
}
