import type { FieldType } from "../shape/shape.ts";
import { Asset, isList, type Value } from "../values/value.ts";
import { nearest } from "./nearest.ts";

/** What a value should be, and what it is: kept apart, because what a secret is must not be said. */
export interface Fault {
  /** `must be at most 3`, to be read after the property's name. */
  readonly must: string;
  /** `the number 4`. */
  readonly found: string;
}

/** What is wrong with a value of its type; undefined when nothing is. */
export function valueFault(type: FieldType, value: Value): Fault | undefined {
  const not = (must: string): Fault => ({ must, found: kindOf(value) });
  switch (type.kind) {
    case "string":
      if (typeof value === "string") return textFault(type, value);
      return { must: "must be text", found: kindOf(value) + quotes(value) };
    case "integer":
    case "number":
      if (typeof value !== "number") return not("must be a number");
      if (type.kind === "integer" && !Number.isInteger(value)) return not("must be a whole number");
      if (type.minimum !== undefined && value < type.minimum) return not(`must be at least ${type.minimum}`);
      if (type.maximum !== undefined && value > type.maximum) return not(`must be at most ${type.maximum}`);
      return undefined;
    case "boolean":
      return typeof value === "boolean" ? undefined : not("must be true or false");
    case "asset":
      return value instanceof Asset
        ? undefined
        : not("must be a file (pulumi.asset.FileAsset or StringAsset)");
    case "array":
      return not("must be a list");
    case "object":
    case "map":
      return not("must be an object");
    case "json":
      return undefined;
  }
}

function textFault(type: FieldType & { kind: "string" }, text: string): Fault | undefined {
  if (
    type.enum !== undefined &&
    type.open !== true &&
    !type.enum.some((word) => word.toLowerCase() === text.toLowerCase())
  ) {
    const near = nearest(text, type.enum);
    const hint = near === undefined ? "" : ` (did you mean "${near}"?)`;
    return { must: `must be one of ${type.enum.join(", ")}`, found: `"${text}"${hint}` };
  }
  if (type.sid !== undefined && text !== "") return sidFault(type.sid, text);
  if (type.minLength !== undefined && text !== "" && text.length < type.minLength) {
    return { must: `must have at least ${type.minLength} characters`, found: String(text.length) };
  }
  if (type.maxLength !== undefined && text.length > type.maxLength) {
    return { must: `must have at most ${type.maxLength} characters`, found: String(text.length) };
  }
  return undefined;
}

/** Names stand for SIDs in many paths, so only what is plainly a SID of something else is refused. */
function sidFault(prefix: string, text: string): Fault | undefined {
  const other = /^([A-Z]{2})[0-9a-fA-F]{32}$/.exec(text)?.[1];
  if (other === undefined || other === prefix) return undefined;
  return { must: `must be a SID that begins with ${prefix}`, found: text };
}

function kindOf(value: Value): string {
  if (typeof value === "string") return `the text "${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "boolean") return String(value);
  if (isList(value)) return "a list";
  return value instanceof Asset ? "a file" : "an object";
}

/** Where a number or a truth value stands for text, it is most likely unquoted. */
function quotes(value: Value): string {
  return typeof value === "number" || typeof value === "boolean" ? " (put it in quotes)" : "";
}
