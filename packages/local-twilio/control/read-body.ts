/** The checked body of a control request. */
import { JsonFault, parseJson } from "../json.ts";
import type { Context } from "hono";
import type { Bodies } from "./bodies.ts";
import { ControlError } from "./errors.ts";

/** Reads and checks a body; an absent one counts as `{}`. The shapes are loaded when first needed: start-up does without them. */
export async function readBody<Name extends keyof Bodies>(
  context: Context,
  name: Name,
): Promise<Bodies[Name]> {
  const text = await context.req.text().catch(() => {
    throw new ControlError("invalid_body", "the body ended before it was whole");
  });
  let value: unknown = {};
  try {
    if (text.trim() !== "") value = parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    throw new ControlError("invalid_body", `the body: ${error.message}`);
  }
  const { checkBody } = await import("./bodies.ts");
  const result = checkBody(name, value);
  if (!result.ok) throw new ControlError("invalid_body", result.problem);
  return result.body;
}
