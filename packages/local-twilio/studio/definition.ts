/** Definitions as they come in, checked as Flow Validate checks them: https://www.twilio.com/docs/api/errors/81022 */
import type { Problem } from "@support-line/studio";
import { TwilioError } from "../errors.ts";
import type { Body, Call, Json } from "../product.ts";
import { engine, loadEngine } from "./engine.ts";

/**
 * What Twilio would warn of in a definition.
 *
 * @throws TwilioError 81022 with `details.errors` when it would be refused
 */
export function checkDefinition(definition: Json | undefined): Body[] {
  const { errors, warnings } = engine().validate(definition);
  if (errors.length > 0) throw new TwilioError(81022, undefined, { errors: errors.map(shown) });
  return warnings.map(shown);
}

/** A call that may save a definition waits for what checks it. */
export async function withEngine(call: Call): Promise<Call> {
  await loadEngine();
  return call;
}

/** A definition that is not even JSON. */
export function refuseUnreadable(message: string): TwilioError {
  return new TwilioError(81022, undefined, { errors: [{ message, property_path: "#" }] });
}

function shown({ message, property_path }: Problem): Body {
  return { message, property_path };
}
