/** Advice on a Flow that Twilio's Flow Validate does not give: what it takes, and a customer would stumble over. */
import { FlowGraph } from "./graph.ts";
import { adviceRules } from "./rules.ts";
import { brokenTemplate } from "./rules/broken-template.ts";
import type { AdviceInput, Finding, Severity } from "./rule.ts";

export interface Advice extends Finding {
  readonly code: string;
  readonly severity: Exclude<Severity, "off">;
}

export interface AdviceOptions {
  /** Paths of the Functions that there are (`add-support-agent`); without them no Function counts as missing. */
  readonly functions?: Iterable<string>;
  /** By code, what becomes of a rule's findings; the rule's own choice where nothing is said. */
  readonly severities?: Readonly<Record<string, Severity>>;
}

/** The texts of a definition whose Liquid cannot be read, for who wants to know nothing else. */
export function unreadableLiquid(definition: unknown): Finding[] {
  return [...brokenTemplate.look({ flow: new FlowGraph(definition) })];
}

/**
 * What is to be said of a definition, which may be anything at all: parts that are no Flow are passed over, and
 * `validate` names them. In the order of the rules, and within one in the order of the widgets.
 */
export function advise(definition: unknown, { functions, severities = {} }: AdviceOptions = {}): Advice[] {
  const input: AdviceInput = {
    flow: new FlowGraph(definition),
    ...(functions === undefined
      ? {}
      : { functions: new Set([...functions].map((path) => path.replace(/^\//, ""))) }),
  };
  return adviceRules.flatMap(({ code, severity: usual, look }) => {
    const severity = (Object.hasOwn(severities, code) ? severities[code] : undefined) ?? usual;
    return severity === "off" ? [] : [...look(input)].map((finding) => ({ code, severity, ...finding }));
  });
}
