import { circlesOf } from "../cycles.ts";
import { stuckCounters } from "../counters.ts";
import type { FlowGraph, Node } from "../graph.ts";
import type { Rule } from "../rule.ts";

/** Widgets that go on at once. All others wait for somebody, or last as long as what is said. */
export const immediate: ReadonlySet<string> = new Set([
  "split-based-on",
  "set-variables",
  "send-message",
  "run-function",
  "make-http-request",
]);

export const loopWithoutWait: Rule = {
  code: "loop-without-wait",
  finds: "widgets in a loop without a wait and without a way out that depends on a change",
  because:
    "the Execution goes round until Studio ends it (81000, 81001), and sends the loop's messages each time",
  severity: "warning",
  *look({ flow }) {
    for (const circle of circlesWithoutWait(flow)) {
      const [first] = circle;
      if (first === undefined) continue;
      const way = circle.map(({ name }) => `"${name}"`).join(", ");
      yield {
        widget: first.name,
        property_path: `${first.path}/transitions`,
        message: `${circle.length === 1 ? `${way} leads to itself` : `${way} lead round in a loop`}, and no widget in it waits`,
        wayOut: "ask the customer something in it, or count the rounds and leave by a split",
      };
    }
  },
};

/** The circles of widgets that go on at once, out of which nothing leads that they change themselves. */
export function circlesWithoutWait(flow: FlowGraph): Node[][] {
  const nodes = flow.nodes.filter(({ name, type }) => immediate.has(type) && flow.reached.has(name));
  const names = new Set(nodes.map(({ name }) => name));
  const next = (name: string) =>
    (flow.node(name)?.ways ?? []).flatMap(({ to }) => (to !== null && names.has(to) ? [to] : []));
  return circlesOf([...names], next).flatMap((part) => {
    const inside = new Set(part);
    const circle = nodes.filter(({ name }) => inside.has(name));
    return circle.some((node) => leadsOut(flow, node, inside)) ? [] : [circle];
  });
}

/** Whether a split in a circle can leave it by something that the circle changes. */
function leadsOut(flow: FlowGraph, node: Node, inside: ReadonlySet<string>): boolean {
  if (node.type !== "split-based-on" || node.ways.every(({ to }) => to !== null && inside.has(to))) {
    return false;
  }
  return flow.mentions(node).some(({ parts: [root, name = "", variable = ""] }) => {
    if (root === "widgets") return inside.has(name);
    return root === "flow" && name === "variables" && isSetInside(flow, inside, variable);
  });
}

function isSetInside(flow: FlowGraph, inside: ReadonlySet<string>, variable: string): boolean {
  // What comes to the same each time leads nowhere else.
  if (stuckCounters(flow).some((each) => each.variable === variable)) return false;
  return [...inside].some((name) => {
    const node = flow.node(name);
    return (
      node?.type === "set-variables" && JSON.stringify(node.properties).includes(JSON.stringify(variable))
    );
  });
}
