/**
 * Studio's dialect of Liquid on `liquidjs`: what there is, and what is metered. `liquid.ts` renders with it.
 *
 * Twilio's list of filters could not be read as a whole; the classic ones stand here, as in Liquid 4, and `to_json`.
 * What is not in the list is an error, as on Twilio, so that a Flow that works here does not fail there.
 */
import {
  CaptureTag,
  ForTag,
  Liquid,
  TablerowTag,
  toValue,
  type Context as Scope,
  type Emitter,
} from "liquidjs";
import { limits } from "./limits.ts";

const { rounds: maxRounds, parts: maxParts, template: maxTemplate, made: maxMade } = limits.liquid;

const tags = new Set(
  "assign capture case comment cycle decrement for if increment raw tablerow unless break continue".split(
    " ",
  ),
);
const filters = new Set(
  (
    "abs append at_least at_most capitalize ceil compact concat date default divided_by downcase escape escape_once " +
    "first floor join last lstrip map minus modulo newline_to_br plus prepend remove remove_first replace " +
    "replace_first reverse round rstrip size slice sort sort_natural split strip strip_html strip_newlines times " +
    "truncate truncatewords uniq upcase url_decode url_encode where"
  ).split(" "),
);

export const liquid = new Liquid({
  parseLimit: maxTemplate,
  memoryLimit: maxMade,
  ownPropertyOnly: true,
  strictFilters: true,
  timezoneOffset: 0,
  preserveTimezones: true,
  outputEscape: textOf,
});
for (const tag of Object.keys(liquid.tags)) if (!tags.has(tag)) Reflect.deleteProperty(liquid.tags, tag);
for (const filter of Object.keys(liquid.filters)) {
  if (!filters.has(filter)) Reflect.deleteProperty(liquid.filters, filter);
}

/** Receives what is rendered, and charges for it. */
export class Meter implements Emitter {
  buffer = "";
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  write(text: unknown): void {
    const written = String(text);
    this.#scope.memoryLimit.use(written.length);
    this.buffer += written;
  }
}

/** Readies a scope: the moment that `"now"` means, and a limit that counts parts where liquidjs would read a clock. */
export function startOf(scope: Scope, now: number): void {
  scope.setRegister("now", now);
  let parts = 0;
  scope.renderLimit.check = () => {
    if (++parts > maxParts) throw new Error(`rendering limit of ${maxParts} parts exceeded`);
  };
}

/** What an output writes. Objects are written as JSON: no page says what Studio writes, and JSON can be read again. */
function textOf(given: unknown): string {
  const value: unknown = toValue(given);
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(textOf).join("");
  return JSON.stringify(value);
}

type Parameters = Record<string, unknown>;

/** A loop's parameters with `limit` no higher than Studio's. */
function capped(hash: ForTag["hash"]): ForTag["hash"] {
  const render = function* (scope: Scope): Generator<unknown, Parameters, Parameters> {
    const parameters = yield* hash.render(scope);
    const limit = Number(parameters.limit ?? maxRounds);
    return { ...parameters, limit: Math.min(Number.isFinite(limit) ? limit : maxRounds, maxRounds) };
  };
  return Object.assign(Object.create(hash) as ForTag["hash"], { render });
}

liquid.registerTag(
  "for",
  class extends ForTag {
    constructor(...given: ConstructorParameters<typeof ForTag>) {
      super(...given);
      this.hash = capped(this.hash);
    }
  },
);
liquid.registerTag(
  "tablerow",
  class extends TablerowTag {
    constructor(...given: ConstructorParameters<typeof TablerowTag>) {
      super(...given);
      this.args = capped(this.args);
    }
  },
);
liquid.registerTag(
  "capture",
  class extends CaptureTag {
    override *render(scope: Scope): Generator<unknown, void, string> {
      const meter = new Meter(scope);
      yield this.liquid.renderer.renderTemplates(this.templates, scope, meter);
      scope.bottom()[this.variable] = meter.buffer;
    }
  },
);

liquid.registerFilter("to_json", function (value: unknown) {
  const text = JSON.stringify(toValue(value) ?? null);
  this.context.memoryLimit.use(text.length);
  return text;
});

const date = liquid.filters.date as (this: unknown, ...given: unknown[]) => unknown;
liquid.registerFilter("date", function (value: unknown, ...rest: unknown[]) {
  if (value === "now" || value === "today") {
    return date.call(this, new Date(this.context.getRegister("now", 0)), ...rest);
  }
  return date.call(this, typeof value === "string" ? withZone(value) : value, ...rest);
});

const timeAndZone = /\d:\d\d.*(Z|[+-]\d\d:?\d\d|GMT|UTC|[ECMP][SD]T)$/;

/** A date without a zone is UTC, wherever this runs. */
function withZone(text: string): string | Date {
  if (/^\d+$/.test(text) || timeAndZone.test(text)) return text;
  const zoned = new Date(`${text.replace(/(\d)T(\d)/, "$1 $2")} UTC`);
  return Number.isNaN(zoned.getTime()) ? text : zoned;
}

/** Whole numbers divide into whole numbers, `2.0` is none (Liquid for designers, divided_by). */
liquid.registerFilter("divided_by", function (value: unknown, divisor: unknown) {
  const [dividend, by] = [Number(value), Number(divisor)];
  if (by === 0) throw new Error("divided by 0");
  const given = this.token.args[0];
  const written = given !== undefined && "getText" in given ? given.getText() : "";
  const isFloat = [String(value), String(divisor), written].some((text) => /^-?\d*\.\d+$/.test(text));
  return isFloat ? dividend / by : Math.floor(dividend / by);
});
