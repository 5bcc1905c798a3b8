/**
 * TaskRouter's expressions over attributes, `language == "de" AND skills HAS "parcels"`:
 * https://www.twilio.com/docs/taskrouter/expression-syntax
 */
import { limits } from "../limits.ts";
import { isBody } from "../json.ts";
import type { Body, Json } from "../product.ts";

/** An expression that cannot be read, with what is wrong about it. */
export class ExpressionError extends Error {
  constructor(expression: string, problem: string) {
    const shown = expression.length > 300 ? `${expression.slice(0, 300)}…` : expression;
    super(`the expression '${shown}' ${problem}`);
    this.name = "ExpressionError";
  }
}

type Value = Json | undefined;
type Term = (attributes: Body) => Value;

const pattern =
  /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(-?\d+(?:\.\d+)?)|(==|!=|<>|<=|>=|=|<|>|\(|\)|\[|\]|,)|([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*))/y;

interface Token {
  readonly kind: "text" | "number" | "sign" | "word";
  readonly text: string;
}

function tokensOf(expression: string): Token[] {
  const found: Token[] = [];
  pattern.lastIndex = 0;
  const end = expression.trimEnd().length;
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const match = pattern.exec(expression);
    if (match === null) {
      throw new ExpressionError(expression, `cannot be read from '${expression.slice(at, at + 300)}'`);
    }
    const [, text, number, sign, word] = match;
    if (text !== undefined) found.push({ kind: "text", text: text.slice(1, -1).replace(/\\(.)/g, "$1") });
    else if (number !== undefined) found.push({ kind: "number", text: number });
    else if (sign !== undefined) found.push({ kind: "sign", text: sign });
    else found.push({ kind: "word", text: word ?? "" });
  }
  return found;
}

/** A number and the text of it are the same. */
const loose = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));
const same = (one: Value = null, other: Value = null): boolean => loose(one) === loose(other);
const listed = (value: Value): readonly Value[] =>
  Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
const isOrdered = (one: Value, other: Value, holds: (sign: number) => boolean): boolean => {
  if (typeof one === "number" && typeof other === "number") return holds(one - other);
  if (typeof one === "string" && typeof other === "string") {
    return holds(one < other ? -1 : one > other ? 1 : 0);
  }
  return false;
};

/** What each comparison means. */
const comparisons: Readonly<Record<string, (one: Value, other: Value) => boolean>> = {
  "==": same,
  "=": same,
  "!=": (one, other) => !same(one, other),
  "<>": (one, other) => !same(one, other),
  "<": (one, other) => isOrdered(one, other, (sign) => sign < 0),
  "<=": (one, other) => isOrdered(one, other, (sign) => sign <= 0),
  ">": (one, other) => isOrdered(one, other, (sign) => sign > 0),
  ">=": (one, other) => isOrdered(one, other, (sign) => sign >= 0),
  // Of what is no list it says nothing, and holds for nobody.
  HAS: (one, other) => Array.isArray(one) && one.some((each) => same(each, other)),
  IN: (one, other) => listed(other).some((each) => same(one, each)),
  "NOT IN": (one, other) => !listed(other).some((each) => same(one, each)),
  CONTAINS: (one, other) =>
    typeof one === "string" && typeof other === "string"
      ? one.includes(other)
      : listed(one).some((each) => same(each, other)),
};
const constants: Readonly<Record<string, Json>> = { TRUE: true, FALSE: false, NULL: null };

class Parser {
  readonly #expression: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  #depth = 0;

  constructor(expression: string) {
    if (expression.length > limits.expression.characters) {
      throw new ExpressionError(expression, `is longer than ${limits.expression.characters} characters`);
    }
    this.#expression = expression;
    this.#tokens = tokensOf(expression);
  }

  whole(): Term {
    const term = this.#either();
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw this.#wrong(`has '${rest.text}' where it should end`);
    return term;
  }

  #wrong(problem: string): ExpressionError {
    return new ExpressionError(this.#expression, problem);
  }

  /** Takes the next token if it is this word or sign. */
  #take(...wanted: readonly string[]): string | undefined {
    const token = this.#tokens[this.#at];
    if (token === undefined || (token.kind !== "word" && token.kind !== "sign")) return undefined;
    const text = token.text.toUpperCase();
    if (!wanted.includes(text)) return undefined;
    this.#at += 1;
    return text;
  }

  /** Goes one level down; whoever parses or evaluates what is deeper comes to the end of the stack. */
  #within<Result>(parse: () => Result): Result {
    this.#depth += 1;
    if (this.#depth > limits.expression.depth) {
      throw this.#wrong(`nests deeper than ${limits.expression.depth} brackets`);
    }
    const result = parse();
    this.#depth -= 1;
    return result;
  }

  #either(): Term {
    const terms = [this.#both()];
    while (this.#take("OR") !== undefined) terms.push(this.#both());
    const [only] = terms;
    if (only !== undefined && terms.length === 1) return only;
    return (attributes) => terms.some((term) => isTrue(term(attributes)));
  }

  #both(): Term {
    const terms = [this.#negated()];
    while (this.#take("AND") !== undefined) terms.push(this.#negated());
    const [only] = terms;
    if (only !== undefined && terms.length === 1) return only;
    return (attributes) => terms.every((term) => isTrue(term(attributes)));
  }

  #negated(): Term {
    if (this.#take("NOT") === undefined) return this.#compared();
    const term = this.#within(() => this.#negated());
    return (attributes) => !isTrue(term(attributes));
  }

  #compared(): Term {
    const one = this.#operand();
    const sign =
      this.#take(...Object.keys(comparisons)) ??
      (this.#take("NOT") && this.#take("IN") ? "NOT IN" : undefined);
    if (sign === undefined) return one;
    const other = this.#operand();
    const compare = comparisons[sign];
    return (attributes) => compare?.(one(attributes), other(attributes)) ?? false;
  }

  #operand(): Term {
    if (this.#take("(") !== undefined) {
      const term = this.#within(() => this.#either());
      if (this.#take(")") === undefined) throw this.#wrong("has a bracket that nothing closes");
      return term;
    }
    if (this.#take("[") !== undefined) return this.#within(() => this.#list());
    const token = this.#tokens[this.#at];
    if (token === undefined || token.kind === "sign") {
      throw this.#wrong(
        token === undefined ? "ends too early" : `has '${token.text}' where a value should be`,
      );
    }
    this.#at += 1;
    if (token.kind === "text") return () => token.text;
    if (token.kind === "number") return () => Number(token.text);
    const constant = constants[token.text.toUpperCase()];
    return constant === undefined ? (attributes) => valueAt(attributes, token.text) : () => constant;
  }

  #list(): Term {
    const items: Term[] = [];
    while (this.#take("]") === undefined) {
      items.push(this.#operand());
      if (this.#take(",") === undefined && this.#tokens[this.#at]?.text !== "]") {
        throw this.#wrong("has a list that nothing closes");
      }
    }
    return (attributes) => items.map((item) => item(attributes) ?? null);
  }
}

const isTrue = (value: Value): boolean => value === true;

function valueAt(attributes: Body, path: string): Value {
  return path
    .split(".")
    .reduce<Value>((value, name) => (isBody(value) ? value[name] : undefined), attributes);
}

/** Those that were read last: a list of Tasks asks the same of each. */
const read = new Map<string, Term>();
const mostRead = 500;

function termOf(expression: string): Term {
  const known = read.get(expression);
  if (known !== undefined) return known;
  const term = new Parser(expression).whole();
  if (read.size >= mostRead) read.clear();
  read.set(expression, term);
  return term;
}

/**
 * Whether an expression holds for some attributes. An attribute that is not there equals nothing.
 *
 * @throws ExpressionError when it cannot be read
 */
export function holds(expression: string, attributes: Body): boolean {
  return isTrue(termOf(expression)(attributes));
}

/** What an expression says of some attributes: that of `task.agent` is the value there. Undefined without one. */
export function valueOf(expression: string | undefined, attributes: Body): Value {
  return expression === undefined ? undefined : (termOf(expression)(attributes) ?? null);
}

/** An order by attributes, `worker.level DESC, worker.name`: https://www.twilio.com/docs/taskrouter/order-workers */
export function orderOf(written: string | undefined): (one: Body, other: Body) => number {
  const keys = (written ?? "").split(",").flatMap((part) => {
    const [path = "", direction = "ASC"] = part.trim().split(/\s+/);
    return path === "" ? [] : [{ path, sign: direction.toUpperCase() === "DESC" ? -1 : 1 }];
  });
  return (one, other) => {
    for (const { path, sign } of keys) {
      const [left, right] = [valueAt(one, path), valueAt(other, path)];
      if (isOrdered(left, right, (difference) => difference !== 0)) {
        return isOrdered(left, right, (difference) => difference < 0) ? -sign : sign;
      }
    }
    return 0;
  };
}
