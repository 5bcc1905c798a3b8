/**
 * Liquid as Studio has it, https://www.twilio.com/docs/studio/user-guide/liquid-template-language: the classic tags
 * and filters and `to_json`, missing values empty, loops cut at 15 rounds, dates in UTC. A template sees the context it
 * is given and nothing else, changes none of it, and can neither hang nor fill the memory. What it comes to depends on
 * its arguments alone: its limits count work, not time.
 */
import { Context as Scope, toValueSync, type Template } from "liquidjs";
import { Meter, liquid, startOf } from "./liquid-dialect.ts";
import type { Context } from "./types.ts";

/** Templates kept parsed. */
const cacheSize = 5_000;
const parsed = new Map<string, Template[] | Error>();

/** What a template came to. With an `error` the result is empty, and Studio would warn with 81018. */
export interface Rendered {
  readonly result: string;
  readonly error?: string;
}

/**
 * Renders a template. Never throws.
 *
 * @param now milliseconds since 1970, for `"now" | date`
 */
export function renderLiquid(template: string, context: Context, now: number): Rendered {
  if (!template.includes("{{") && !template.includes("{%")) return { result: template };
  try {
    // A copy, because `increment` and `decrement` write into what they are given.
    const scope = new Scope({ ...context }, liquid.options, { sync: true }, { liquid });
    const meter = new Meter(scope);
    startOf(scope, now);
    toValueSync(liquid.renderer.renderTemplates(parse(template), scope, meter));
    return { result: meter.buffer };
  } catch (error) {
    return { result: "", error: error instanceof Error ? error.message : String(error) };
  }
}

function parse(template: string): Template[] {
  const known = parsed.get(template);
  if (known instanceof Error) throw known;
  if (known !== undefined) return known;
  if (parsed.size >= cacheSize) parsed.clear();
  try {
    const templates = liquid.parse(template);
    parsed.set(template, templates);
    return templates;
  } catch (error) {
    const problem = error instanceof Error ? error : new Error(String(error));
    parsed.set(template, problem);
    throw problem;
  }
}
