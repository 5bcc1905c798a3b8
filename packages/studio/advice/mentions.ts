/** The variables that a text names in its Liquid. */
import { liquid } from "../liquid-dialect.ts";
import type { Text } from "./graph.ts";

/** `{{widgets.ask.inbound.Body}}`: what is named, and where. */
export interface Mention {
  /** `["widgets", "ask", "inbound", "Body"]`; ends before the first part that is itself a variable. */
  readonly parts: readonly string[];
  readonly path: string;
  /** Whether the text is ready for it to be empty: it has a default, or asks for it in a tag. */
  readonly isGuarded: boolean;
}

/** A longer text is not looked into: a crafted template would fill the memory. */
const longest = 100_000;

const isTemplate = (text: string) => text.includes("{{") || text.includes("{%");
/** An output of a variable and nothing else, as most are: they need no parser. */
const plainOutput = /\{\{\s*([a-zA-Z_][\w-]*(?:\.[a-zA-Z_][\w-]*)*)\s*\}\}/g;

/** The variables of a text whose outputs are all plain; undefined when it has anything else of Liquid. */
function plainNames(text: string): string[] | undefined {
  if (isTemplate(text.replace(plainOutput, ""))) return undefined;
  return [...text.matchAll(plainOutput)].map(([, name = ""]) => name);
}

/** Every variable that a text names, each once. A text that is no template names none. */
export function mentionsIn({ value, path }: Text): Mention[] {
  if (!isTemplate(value) || value.length > longest) return [];
  const plain = plainNames(value);
  if (plain !== undefined) {
    return [...new Set(plain)].map((name) => ({ parts: name.split("."), path, isGuarded: false }));
  }
  let named: unknown[][];
  try {
    named = liquid.globalVariableSegmentsSync(liquid.parse(value));
  } catch {
    // `broken-template` is who says so.
    return [];
  }
  const guards = guardsOf(value);
  const branches = guardedByBranch(value);
  const byName = new Map<string, Mention>();
  for (const segments of named.flatMap(withInner)) {
    const end = segments.findIndex((segment) => typeof segment === "object");
    const parts = (end === -1 ? segments : segments.slice(0, end)).map(String);
    const name = parts.join(".");
    byName.set(name, { parts, path, isGuarded: guards.includes(name) || branches.has(name) });
  }
  return [...byName.values()];
}

/** A variable may stand in another's brackets: `widgets[flow.variables.which]`. */
function withInner(segments: unknown[]): unknown[][] {
  return [segments, ...segments.filter((each) => Array.isArray(each)).flatMap(withInner)];
}

/** What stands in tags (`{% if … %}`) and in outputs with a default. */
function guardsOf(template: string): string {
  const tags = template.match(/\{%[^%]*%\}/g) ?? [];
  const outputs = (template.match(/\{\{[^}]*\}\}/g) ?? []).filter((each) => /\|\s*default\b/.test(each));
  return [...tags, ...outputs].join(" ");
}

const dotted = /[a-zA-Z_][\w-]*(?:\.[\w-]+)+/g;

/**
 * The variables that stand in branches and nowhere else, of a tag that asks for what they are part of:
 * `{% if trigger.conversation %}{{trigger.conversation.AccountSid}}{% else %}{{trigger.message.AccountSid}}{% endif %}`.
 * What starts an Execution fills one part of `trigger`: to ask for one is to ask for the others.
 */
function guardedByBranch(template: string): ReadonlySet<string> {
  const guarded = new Set<string>();
  const bare = new Set<string>();
  const asked: string[][] = [];
  for (const [, tag, condition = "", output] of template.matchAll(
    /\{%-?\s*(\w+)([^%]*)%\}|\{\{([^}]*)\}\}/g,
  )) {
    if (tag === "if" || tag === "unless" || tag === "case") asked.push(condition.match(dotted) ?? []);
    else if (tag === "elsif") asked.at(-1)?.push(...(condition.match(dotted) ?? []));
    else if (tag === "endif" || tag === "endunless" || tag === "endcase") asked.pop();
    for (const name of (output ?? (tag === "assign" ? condition : "")).match(dotted) ?? []) {
      (asked.flat().some((each) => isAskedBy(each, name)) ? guarded : bare).add(name);
    }
  }
  return new Set([...guarded].filter((name) => !bare.has(name)));
}

function isAskedBy(asked: string, name: string): boolean {
  if (name === asked || name.startsWith(`${asked}.`)) return true;
  return asked.startsWith("trigger.") && name.startsWith("trigger.");
}

/** Why a text cannot be read as Liquid; undefined when it can. */
export function templateProblem(template: string): string | undefined {
  if (!isTemplate(template) || plainNames(template) !== undefined) return undefined;
  try {
    liquid.parse(template);
    return undefined;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split(", line:")[0];
  }
}
