import type { Problem } from "@support-line/studio";
import type { CheckFailure } from "../translate/inputs-to-checked.ts";
import { unknownSentinel } from "../values/marks.ts";
import { reveal, Unknown, type Value } from "../values/value.ts";
import { statesListed } from "./flow-definition.ts";

/** What our own check says of a definition before Twilio is asked. */
export interface FlowFindings {
  readonly failures: readonly CheckFailure[];
  /** What our catalogue does not know, about which Twilio decides. */
  readonly warnings: readonly string[];
}

/**
 * Checks a definition against the catalogue of widgets, also while values in it are still unknown.
 *
 * @param definition with its states by name
 */
export async function checkFlow(definition: Value): Promise<FlowFindings> {
  if (reveal(definition) instanceof Unknown) {
    return { failures: [], warnings: ["The definition is not known yet, so it could not be checked."] };
  }
  const { validate } = await import("@support-line/studio");
  const isUnknown = (value: unknown) => value === unknownSentinel;
  const { errors, warnings } = validate(statesListed(definition), { isUnknown });
  return {
    failures: errors.map((problem) => ({ property: `definition${place(problem)}`, reason: words(problem) })),
    warnings: warnings.map(words),
  };
}

/** One problem, of ours or of Twilio's, as a person reads it. */
export function words({ widget, message, property_path }: Problem): string {
  const where = property_path.replace(/^#\/states\/\d+\/?/, "").replace(/^#\/?/, "");
  const place = [widget === undefined ? "" : `widget "${widget}"`, where.replaceAll("/", ".")].filter(
    (part) => part !== "",
  );
  return `${place.join(", ")}: ${message}`;
}

/** `#/states/3/properties/body` of the widget `hello` → `.states.hello.properties.body`. */
function place({ widget, property_path }: Problem): string {
  const path =
    widget === undefined ? property_path : property_path.replace(/^(#\/states\/)\d+/, `$1${widget}`);
  return path.replace(/^#/, "").replaceAll("/", ".");
}

/** What Twilio's Flow Validate refuses, `details.errors` of error 81022, with the widgets' names put in. */
export function refusedBy(details: unknown, definition: Value): string | undefined {
  const errors = (details as { errors?: unknown } | undefined)?.errors;
  if (!Array.isArray(errors) || errors.length === 0) return undefined;
  const states = (statesListed(definition) as { states?: { name?: string }[] }).states ?? [];
  return errors
    .map((error: Partial<Problem>) => {
      const path = error.property_path ?? "#";
      const index = /^#\/states\/(\d+)/.exec(path)?.[1];
      const widget = index === undefined ? undefined : states[Number(index)]?.name;
      return words({
        message: error.message ?? "refused",
        property_path: path,
        ...(widget !== undefined && { widget }),
      });
    })
    .join("; ");
}
