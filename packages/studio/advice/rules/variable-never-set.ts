import type { FlowGraph, Node } from "../graph.ts";
import type { Mention } from "../mentions.ts";
import type { Finding, Rule } from "../rule.ts";
import { variablesOf } from "../variables.ts";

/** What each of the Trigger's events fills; a parent Flow may hand over anything. */
const filledBy: Readonly<Record<string, readonly string[]>> = {
  message: ["incomingMessage"],
  conversation: ["incomingConversationMessage"],
  call: ["incomingCall"],
  request: ["incomingRequest"],
  parent: ["incomingParent"],
};

export const variableNeverSet: Rule = {
  code: "variable-never-set",
  finds: "a variable that is set on no path to the widget",
  because: "the customer reads a gap, or a condition compares with an empty value",
  severity: "warning",
  *look({ flow }) {
    for (const node of flow.nodes) {
      if (!flow.reached.has(node.name)) continue;
      for (const mention of flow.mentions(node)) {
        if (mention.isGuarded) continue;
        const found = unset(flow, node, mention);
        if (found !== undefined) yield { widget: node.name, property_path: mention.path, ...found };
      }
    }
  },
};

type Said = Pick<Finding, "message" | "wayOut">;

function unset(flow: FlowGraph, node: Node, { parts }: Mention): Said | undefined {
  const [root = "", name = ""] = parts;
  if (name === "") return undefined;
  if (root === "flow" && name === "variables") return flowVariable(flow, node, parts);
  if (root === "widgets") return ofWidget(flow, node, parts);
  return root === "trigger" ? ofTrigger(flow, node, parts) : undefined;
}

function flowVariable(flow: FlowGraph, node: Node, parts: readonly string[]): Said | undefined {
  const [, , variable = ""] = parts;
  if (variable === "") return undefined;
  const setters = flow.nodes.filter(
    (each) => each.type === "set-variables" && variablesOf(each)?.includes(variable) === true,
  );
  if (setters.some(({ name }) => flow.isBefore(name, node.name))) return undefined;
  const where = setters.map(({ name }) => `"${name}"`).join(", ");
  return {
    message: `{{${parts.join(".")}}} is always empty in "${node.name}": ${
      where === ""
        ? "no Set Variables widget sets it"
        : `only ${where} sets it, and no path to here passes that`
    }`,
    wayOut: "set it on every path to here, or give it a default",
  };
}

function ofWidget(flow: FlowGraph, node: Node, parts: readonly string[]): Said | undefined {
  const [, name = ""] = parts;
  // One that does not exist is another rule's.
  if (flow.node(name) === undefined || flow.isBefore(name, node.name)) return undefined;
  const isOwn = name === node.name;
  return {
    message: `{{${parts.join(".")}}} is always empty in "${node.name}": ${
      isOwn ? "a widget's variables are set when it is left" : `no path to here passes "${name}"`
    }`,
    wayOut: isOwn
      ? "read it in the widget that follows"
      : `lead through "${name}" first, or read another widget`,
  };
}

function ofTrigger(flow: FlowGraph, node: Node, parts: readonly string[]): Said | undefined {
  const [, kind = ""] = parts;
  const events = Object.hasOwn(filledBy, kind) ? filledBy[kind] : undefined;
  const starts = flow.startsOf(node.name);
  if (events === undefined || starts.has("incomingParent")) return undefined;
  if (events.some((event) => starts.has(event))) return undefined;
  // Replies in a Conversation are written there as well, and calls that a Flow makes have their own.
  const hasBefore = (isWanted: (type: string) => boolean) => flow.hasTypeBefore(node.name, isWanted);
  if (kind === "conversation" && hasBefore((type) => type === "send-and-wait-for-reply")) return undefined;
  if (kind === "call" && hasBefore((type) => type.startsWith("make-outgoing-call"))) return undefined;
  return {
    message: `{{${parts.join(".")}}} is always empty in "${node.name}": it is reached by ${[...starts].join(", ")} alone`,
    wayOut: `wire the Trigger's ${events.join(" or ")} this way, or read what ${[...starts].join(" and ")} brings`,
  };
}
