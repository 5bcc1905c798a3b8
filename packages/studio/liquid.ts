/**
 * Liquid as Studio has it, https://www.twilio.com/docs/studio/user-guide/liquid-template-language: the classic tags
 * and filters and `to_json`, missing values empty, loops cut at 15 rounds. A template sees the context it is given and
 * nothing else, and can neither hang nor fill the memory.
 */
import { ForTag, Liquid, type Context as LiquidContext, type Template } from "liquidjs";
import type { Context } from "./types.ts";

/** Rounds of a `for` (Studio FAQ). */
const maxRounds = 15;
/** Milliseconds, characters, and allocations that one template may take. */
const limits = { renderLimit: 200, parseLimit: 1_000_000, memoryLimit: 10_000_000 };
/** Templates kept parsed. */
const cacheSize = 5_000;

class CappedForTag extends ForTag {
  constructor(...given: ConstructorParameters<typeof ForTag>) {
    super(...given);
    const own = this.hash;
    const capped = {
      ...own,
      *render(context: LiquidContext): Generator<unknown, Record<string, unknown>, Record<string, unknown>> {
        const parameters = yield* own.render(context) as Generator<
          unknown,
          Record<string, unknown>,
          Record<string, unknown>
        >;
        const limit = Number(parameters.limit ?? maxRounds);
        return { ...parameters, limit: Math.min(Number.isFinite(limit) ? limit : maxRounds, maxRounds) };
      },
    };
    Object.assign(this, { hash: capped });
  }
}

/** The moment that `"now" | date` means in the render under way. Rendering is synchronous, so there is one at a time. */
let moment = 0;

const liquid = new Liquid({
  ...limits,
  ownPropertyOnly: true,
  strictFilters: true,
  relativeReference: false,
});
liquid.registerTag("for", CappedForTag);
// Nothing outside the context can be read.
for (const tag of ["include", "render", "layout", "block"]) Reflect.deleteProperty(liquid.tags, tag);
liquid.registerFilter("to_json", (value: unknown) => JSON.stringify(value ?? null));
const date = liquid.filters.date as (this: unknown, value: unknown, ...rest: unknown[]) => unknown;
liquid.registerFilter("date", function (value: unknown, ...rest: unknown[]) {
  const isNow = value === "now" || value === "today";
  return date.call(this, isNow ? new Date(moment) : value, ...rest);
});

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
    moment = now;
    const result: unknown = liquid.renderSync(parse(template), context);
    return { result: String(result) };
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
