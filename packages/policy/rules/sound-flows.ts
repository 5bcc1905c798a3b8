import { statesToArray, validate, type FlowDefinition } from "@support-line/studio";
import { known, type Rule } from "../rule.ts";

/** Stands where a value is not known yet. */
const later = Symbol("known once deployed");

export const soundFlows: Rule = {
  name: "flows-are-sound",
  description:
    "Studio takes a Flow that breaks off in the middle of a conversation; the check of it does not.",
  ofResource({ type, name, props }) {
    if (type !== "twilio:studio:Flow" || known(props, "status") !== "published") return [];
    const definition = definitionOf(known(props, "definition"));
    if (definition === null) return [];
    const { errors } = validate(definition, { isUnknown: (value) => value === later });
    return errors.map(
      ({ message, property_path: at }) =>
        `The Flow ${name} is published and not sound: ${at} ${message}. npx studio check says the same, with the widget.`,
    );
  },
};

/** A definition, whose states Pulumi keeps by name. */
function definitionOf(given: unknown): FlowDefinition | null {
  const value = typeof given === "string" ? parsed(given) : plain(given);
  if (typeof value !== "object" || value === null || !("states" in value)) return null;
  return (
    Array.isArray(value.states) ? value : statesToArray(value as Parameters<typeof statesToArray>[0])
  ) as FlowDefinition;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The provider refuses it, and says where.
    return null;
  }
}

/** A copy in which what is not known yet is marked. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((_, at) => member(value as unknown as Record<string, unknown>, String(at)));
  }
  if (typeof value !== "object" || value === null) return value;
  const object = value as Record<string, unknown>;
  return Object.fromEntries(Object.keys(object).map((name) => [name, member(object, name)]));
}

function member(object: Record<string, unknown>, name: string): unknown {
  try {
    return plain(object[name]);
  } catch {
    return later;
  }
}
