/** What a widget can set below `widgets.<its name>`, read from the widget's own description. */
import { widgetOfType } from "../widgets/index.ts";
import type { Node } from "./graph.ts";

/** The names, or undefined when they cannot be known: whatever Twilio, a server or another Flow sends. */
export function variablesOf({ type, properties }: Node): readonly string[] | undefined {
  const variables = widgetOfType(type)?.variables;
  return typeof variables === "function" ? variables(properties) : variables;
}
