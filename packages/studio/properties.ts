/** Properties of a widget held against its schema, in the words of Twilio's own validator. */
import { z } from "zod";

/** Where a widget stands on the editor's canvas: every widget has it. */
const layout = { offset: z.looseObject({ x: z.number(), y: z.number() }).optional() };
const complete = new WeakMap<z.ZodObject, z.ZodObject>();

export interface PropertyProblem {
  /** Below the properties. */
  readonly path: readonly PropertyKey[];
  /** What stands there. */
  readonly value: unknown;
  /** `integer found, string expected` */
  readonly message: string;
}

/** What Twilio would refuse in the properties of a widget. */
export function propertyProblems(schema: z.ZodObject, properties: unknown): PropertyProblem[] {
  let whole = complete.get(schema);
  if (whole === undefined) {
    whole = schema.safeExtend(layout);
    complete.set(schema, whole);
  }
  const { error } = whole.safeParse(properties);
  return (error?.issues ?? []).map((issue) => {
    const value = issue.path.reduce<unknown>(
      (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
      properties,
    );
    return { path: issue.path, value, message: messageOf(issue, value) };
  });
}

export const missing = "is missing but it is required";

/** The words of a JSON Schema validator. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

function messageOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return missing;
  if (issue.code === "invalid_type") return `${kindOf(value)} found, ${issue.expected} expected`;
  if (issue.code === "invalid_value") return notAmong(issue.values);
  if (issue.code === "invalid_union") {
    if ("options" in issue && Array.isArray(issue.options)) return notAmong(issue.options);
    const kinds = issue.errors.flatMap(([first]) =>
      first?.code === "invalid_type" && first.path.length === 0 ? [first.expected] : [],
    );
    if (kinds.length > 0) return `${kindOf(value)} found, ${kinds.join(" or ")} expected`;
  }
  return issue.message;
}

function notAmong(values: readonly unknown[]): string {
  return `does not have a value in the enumeration [${values.map(String).join(", ")}]`;
}
