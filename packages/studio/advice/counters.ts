/** Variables that a Flow counts with, and whether they ever change. */
import { isObject } from "../json.ts";
import { renderLiquid } from "../liquid.ts";
import type { Context, JsonValue } from "../types.ts";
import type { FlowGraph, Node } from "./graph.ts";
import { mentionsIn } from "./mentions.ts";

/** A Set Variables widget that sets a variable from itself and comes to the same each time. */
export interface StuckCounter {
  readonly node: Node;
  readonly variable: string;
  /** What it comes to, every time. */
  readonly value: string;
  /** A variable that it asks for and that nothing sets; undefined when that is not why. */
  readonly unset: string | undefined;
  readonly path: string;
}

interface Setter {
  readonly node: Node;
  readonly key: string;
  readonly template: string;
  readonly path: string;
}

const found = new WeakMap<FlowGraph, readonly StuckCounter[]>();

/** The counters of a Flow that never count, whatever happens: each is the only one to set its variable. */
export function stuckCounters(flow: FlowGraph): readonly StuckCounter[] {
  let known = found.get(flow);
  if (known === undefined) {
    known = countersOf(flow);
    found.set(flow, known);
  }
  return known;
}

function countersOf(flow: FlowGraph): StuckCounter[] {
  const setters = flow.nodes.flatMap(settersOf);
  const isSet = (key: string) => setters.some((each) => each.key === key);
  return setters.flatMap((setter): StuckCounter[] => {
    const { node, key, template, path } = setter;
    if (setters.filter((each) => each.key === key).length > 1) return [];
    const names = mentionsIn({ keys: [], path, value: template }).map(({ parts }) => parts);
    const own = names.filter(([root, of, name]) => root === "flow" && of === "variables" && name === key);
    const others = names.filter((parts) => !own.includes(parts));
    // What a message, an answer or another widget brings may be anything.
    const isSettled = others.every(
      ([root, of, name = ""]) => root === "flow" && of === "variables" && name !== "" && !isSet(name),
    );
    if (own.length === 0 || !isSettled) return [];
    const first = valueOf(template, {});
    if (first === undefined || first !== valueOf(template, { [key]: first })) return [];
    return [{ node, variable: key, value: first.trim(), unset: others[0]?.join("."), path }];
  });
}

function settersOf(node: Node): Setter[] {
  const { variables } = node.properties;
  if (node.type !== "set-variables" || !Array.isArray(variables)) return [];
  return (variables as readonly JsonValue[]).flatMap((each, at): Setter[] => {
    if (!isObject(each) || typeof each.key !== "string" || typeof each.value !== "string") return [];
    const path = `${node.path}/properties/variables/${at}/value`;
    return [{ node, key: each.key, template: each.value, path }];
  });
}

/** What a template comes to with these variables and nothing else; undefined when it cannot be rendered. */
function valueOf(template: string, variables: Readonly<Record<string, string>>): string | undefined {
  const context: Context = { flow: { variables }, contact: {}, trigger: {}, widgets: {} };
  const { result, error } = renderLiquid(template, context, 0);
  return error === undefined ? result : undefined;
}
