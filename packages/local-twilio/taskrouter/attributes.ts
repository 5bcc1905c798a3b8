import { limits } from "../limits.ts";
import { TwilioError } from "../errors.ts";
import { isBody, parseJson, textOf } from "../json.ts";
import type { Body, Json } from "../product.ts";

/**
 * Attributes of a Task or Worker as they are kept: JSON text of an object.
 *
 * @throws TwilioError 20001 for what is none, or too long
 */
export function readAttributes(given: Json | undefined): string {
  const written =
    given === undefined || given === null ? "{}" : isBody(given) ? JSON.stringify(given) : textOf(given);
  if (written.length > limits.task.attributes) {
    throw new TwilioError(20001, {
      reason: `Attributes are longer than ${limits.task.attributes} characters`,
    });
  }
  try {
    const value = parseJson(written);
    if (isBody(value)) return written;
  } catch {
    // Said below, as for any other text that is no object.
  }
  throw new TwilioError(20001, { reason: "Attributes must be a JSON object" });
}

/** The attributes of a stored Task or Worker. */
export function attributesOf(body: Body): Body {
  const value = JSON.parse(textOf(body["attributes"]) || "{}") as Json;
  return isBody(value) ? value : {};
}
