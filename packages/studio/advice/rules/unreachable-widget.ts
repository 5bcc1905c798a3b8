import type { Rule } from "../rule.ts";

export const unreachableWidget: Rule = {
  code: "unreachable-widget",
  finds: "a widget that cannot be reached from the Trigger",
  because: "no customer ever gets to it, although the Flow looks as if they did",
  severity: "warning",
  *look({ flow }) {
    // A Flow that starts nowhere is refused; that all of it is out of reach says nothing more.
    if (flow.node(flow.initial) === undefined) return;
    for (const { name, path } of flow.nodes) {
      if (flow.reached.has(name)) continue;
      const into = flow.nodes.filter(
        ({ name: from, ways }) => from !== name && ways.some(({ to }) => to === name),
      );
      const only = into.map((each) => `"${each.name}"`).join(", ");
      yield {
        widget: name,
        property_path: path,
        message: `no Execution can reach "${name}"${only === "" ? "" : `: only ${only} leads to it, and that cannot be reached either`}`,
        wayOut: "connect a transition to it, or delete it",
      };
    }
  },
};
