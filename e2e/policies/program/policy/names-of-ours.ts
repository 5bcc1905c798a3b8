/** A rule that a project adds. */
import { text, type Rule } from "@support-line/policy/rule";

export default {
  name: "names-of-ours",
  description: "Whoever reads the account's list of Services has to know whose they are.",
  ofResource({ type, name, props }) {
    const friendlyName = text(props, "friendlyName");
    if (type !== "twilio:serverless:Service" || friendlyName === undefined) return [];
    return friendlyName.startsWith("Ours: ") ? [] : [`Call ${name} "Ours: ${friendlyName}".`];
  },
} satisfies Rule;
