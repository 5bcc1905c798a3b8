/** Request parameters against the row of their operation: what is missing, of the wrong type or not allowed is refused. */
import type { Parameter, ValueType } from "@support-line/twilio-api";
import { TwilioError } from "../errors.ts";
import { JsonFault, parseJson } from "../json.ts";
import type { Behaviour, Body, Json, ParameterProblem } from "../product.ts";

type Given = string | readonly string[] | Json;
type Problem = Pick<ParameterProblem, "kind" | "message">;

/** Throws what Twilio answers for a bad parameter: the resource's own code where its behaviour knows one, else 20001. */
export function checkParameters(
  parameters: readonly Parameter[],
  given: Readonly<Record<string, Given>>,
  operation: ParameterProblem["operation"],
  refuse: Behaviour["refuse"],
): Body {
  const values: Body = {};
  for (const { name, type, required } of parameters) {
    const problem = (kind: Problem["kind"], message: string): Error => {
      const own = refuse?.({ operation, parameter: name, kind, message });
      return own ?? new TwilioError(20001, { reason: message });
    };
    // A document writes the filter of Executions `status`; Twilio takes it as all others are written.
    const usual = name.replace(/^[a-z]/, (first) => first.toUpperCase());
    const value = name in given ? given[name] : given[usual];
    if (value === undefined || (required && value === "" && type.kind !== "array")) {
      if (required) throw problem("missing", `Missing required parameter ${name} in the post body`);
      continue;
    }
    // In JSON null takes away what is there.
    const parsed =
      value === null && !required
        ? null
        : parseValue(type, value, (kind, reason) => problem(kind, `Invalid parameter ${name}: ${reason}`));
    values[name] = parsed;
  }
  return values;
}

type Refuse = (kind: Problem["kind"], reason: string) => Error;

function parseValue(type: ValueType, given: Given, refuse: Refuse): Json {
  switch (type.kind) {
    case "string":
      return parseString(type, given, refuse);
    case "integer":
    case "number": {
      const text = typeof given === "number" ? String(given) : single(given, refuse);
      const value = Number(text);
      if (
        text.trim() === "" ||
        !Number.isFinite(value) ||
        (type.kind === "integer" && !Number.isInteger(value))
      ) {
        throw refuse("type", `'${text}' is not ${type.kind === "integer" ? "an integer" : "a number"}`);
      }
      if (type.minimum !== undefined && value < type.minimum) {
        throw refuse("range", `${value} is less than ${type.minimum}`);
      }
      if (type.maximum !== undefined && value > type.maximum) {
        throw refuse("range", `${value} is more than ${type.maximum}`);
      }
      return value;
    }
    case "boolean": {
      if (typeof given === "boolean") return given;
      const text = single(given, refuse).toLowerCase();
      if (text !== "true" && text !== "false") throw refuse("type", `'${text}' is neither true nor false`);
      return text === "true";
    }
    case "array": {
      const items = Array.isArray(given) ? given : given === "" ? [] : [given];
      return items.map((item: Given) => parseValue(type.items, item, refuse));
    }
    case "object":
    case "json":
      return typeof given === "string" ? parseJsonText(given, refuse) : (given as Json);
  }
}

function parseString(type: ValueType & { kind: "string" }, given: Given, refuse: Refuse): Json {
  if (given === null) return null;
  const text =
    typeof given === "number" || typeof given === "boolean" ? String(given) : single(given, refuse);
  if (text === "") return text;
  if (type.enum) {
    const known =
      type.enum.find((name) => name === text) ??
      type.enum.find((name) => name.toLowerCase() === text.toLowerCase());
    if (known === undefined) throw refuse("enum", `'${text}' is not one of ${type.enum.join(", ")}`);
    // A method is shown as it was written: `POST`, where a document lists `post`.
    return /^(?:get|post)$/i.test(known) ? text : known;
  }
  if (type.sid !== undefined && !new RegExp(`^${type.sid}[0-9a-fA-F]{32}$`).test(text)) {
    throw refuse("pattern", `'${text}' is not a SID that begins with ${type.sid}`);
  }
  if (type.minLength !== undefined && text.length < type.minLength) {
    throw refuse("length", `it is shorter than ${type.minLength} characters`);
  }
  if (type.maxLength !== undefined && text.length > type.maxLength) {
    throw refuse("length", `it is longer than ${type.maxLength} characters`);
  }
  if (type.pattern !== undefined && !new RegExp(type.pattern).test(text)) {
    throw refuse("pattern", `'${text}' does not match ${type.pattern}`);
  }
  return text;
}

/** A field that is repeated where one value is expected counts with its last value, as form parsers do. */
function single(given: Given, refuse: Refuse): string {
  const value = Array.isArray(given) ? given.at(-1) : given;
  if (typeof value === "string") return value;
  throw refuse("type", "a single value is expected");
}

/**
 * JSON in a form field. The Serverless Toolkit puts a pair of double quotes around a Build's Dependencies
 * (serverless-api, src/api/builds.ts), which Twilio accepts.
 */
function parseJsonText(text: string, refuse: Refuse): Json {
  if (text === "") return null;
  let fault = "";
  for (const candidate of [text, text.replace(/^"([[{].*[\]}])"$/s, "$1")]) {
    try {
      return parseJson(candidate);
    } catch (error) {
      if (!(error instanceof JsonFault)) throw error;
      fault = error.message;
    }
  }
  throw refuse("type", fault);
}
