import { nearName } from "../near-name.ts";
import type { Rule } from "../rule.ts";
import { variablesOf } from "../variables.ts";

export const unknownWidgetVariable: Rule = {
  code: "unknown-widget-variable",
  finds: "{{widgets.x…}} of a widget that does not exist, or that never sets it",
  because: "the text has a gap there for every customer",
  severity: "warning",
  *look({ flow }) {
    const names = flow.nodes.map(({ name }) => name);
    for (const node of flow.nodes) {
      for (const { parts, path } of flow.mentions(node)) {
        const [root, name, variable] = parts;
        if (root !== "widgets" || name === undefined) continue;
        const said = `{{${parts.join(".")}}} in "${node.name}"`;
        const at = { widget: node.name, property_path: path };
        const target = flow.node(name);
        if (target === undefined) {
          const near = nearName(name, names);
          yield {
            ...at,
            message: `${said} is always empty: the Flow has no widget "${name}"`,
            wayOut: near === undefined ? "name a widget of this Flow" : `did you mean "${near}"?`,
          };
          continue;
        }
        const sets = variablesOf(target);
        if (variable === undefined || sets === undefined || sets.includes(variable)) continue;
        const near = nearName(variable, sets);
        yield {
          ...at,
          message: `${said} is always empty: "${name}" never sets ${variable}; it sets ${sets.join(", ") || "nothing"}`,
          wayOut: near === undefined ? "read what it sets" : `did you mean {{widgets.${name}.${near}…}}?`,
        };
      }
    }
  },
};
