import type { Rule } from "../rule.ts";

export const unreachableWidget: Rule = {
  code: "unreachable-widget",
  finds: "a widget that no transition leads to, from the Trigger on",
  because: "no customer ever meets it, though whoever reads the Flow thinks so",
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
        message: `no Execution can reach "${name}"${only === "" ? "" : `: only ${only} leads to it, which nothing reaches either`}`,
        wayOut: "wire a transition to it, or delete it",
      };
    }
  },
};
