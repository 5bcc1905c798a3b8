import type { Node } from "../graph.ts";
import type { Rule } from "../rule.ts";
import { widgetOfType } from "../../widgets/index.ts";

/**
 * Events of what went wrong while the customer is still there. Whoever is busy, away or has hung up cannot be told
 * anything, and a message that was not taken would not be followed by one that is.
 */
const failures = new Set([
  "callFailure",
  "fail",
  "failed",
  "failedToEnqueue",
  "maxFailedAttempts",
  "providerError",
  "timeout",
  "validationError",
]);
/** Types whose failure leaves nobody to talk to. */
const nobodyThere = new Set(["send-message", "make-outgoing-call-v1", "make-outgoing-call-v2"]);

export const danglingFailure: Rule = {
  code: "dangling-failure",
  finds: "a failure or time-out that leads nowhere, while success goes on",
  because: "the Flow stops: the customer gets no answer, and nobody notices",
  severity: "warning",
  *look({ flow }) {
    for (const node of flow.nodes) {
      if (!flow.reached.has(node.name)) continue;
      for (const event of danglingOf(node)) {
        const wired = node.ways.findIndex((way) => way.event === event);
        yield {
          widget: node.name,
          property_path: wired === -1 ? `${node.path}/transitions` : `${node.path}/transitions/${wired}/next`,
          message: `when "${node.name}" leaves by ${event}, the Flow ends without a word`,
          wayOut: `connect ${event} to a message that says so, or to a widget that can help`,
        };
      }
    }
  },
};

function danglingOf({ type, ways }: Node): string[] {
  const goesOn = ways.some(({ event, to }) => to !== null && !failures.has(event));
  if (nobodyThere.has(type) || !goesOn) return [];
  const widget = widgetOfType(type);
  // Whoever does not reply has mostly gone: that nothing more is said is usually meant.
  const meant = type === "send-and-wait-for-reply" ? "timeout" : "";
  const isWired = (event: string) => ways.some((way) => way.event === event && way.to !== null);
  // A widget that is no longer there always fails; `retired-widget` says so.
  if (widget?.service !== undefined) return [];
  return (widget?.events ?? []).filter((event) => failures.has(event) && event !== meant && !isWired(event));
}
