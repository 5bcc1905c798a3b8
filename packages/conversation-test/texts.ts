/** What a Flow says, by widget: for conversations in which it matters who speaks, and not in what words. */
import type { FlowDefinition } from "@support-line/studio";
import { ConversationError } from "./errors.ts";
import type { Expected } from "./person.ts";

/** The properties of widgets in which a text stands that people hear. */
const spoken = ["body", "say"];

const liquid = /\{\{[^]*?\}\}|\{%[^]*?%\}/;

/**
 * Answers for a widget what it says, for `hears`: its text word for word, and where the text has Liquid, whatever that
 * comes to. What stands between two tags, as in an `if`, may be missing.
 *
 * @example
 * const text = textsOf(definition);
 * await customer.hears(text("support-confirmation-message"));
 *
 * @throws ConversationError `no-text`, by the function that is answered, for a widget that is not there or says nothing
 */
export function textsOf({ states }: FlowDefinition): (widget: string) => Expected {
  return (widget) => {
    const properties = states.find(({ name }) => name === widget)?.properties ?? {};
    const text = spoken.map((key) => properties[key]).find((each) => typeof each === "string" && each !== "");
    if (typeof text !== "string") {
      const known = states.flatMap((each) => (spoken.some((key) => each.properties[key]) ? [each.name] : []));
      throw new ConversationError("no-text", { widget, known: known.join(", ") });
    }
    return liquid.test(text) ? patternOf(text) : text;
  };
}

/** Around the outermost tags stands text word for word; from the first tag to the last, anything. */
function patternOf(text: string): RegExp {
  const [before = "", ...others] = text.split(liquid);
  return new RegExp(`^${escaped(before)}[^]*${escaped(others.at(-1) ?? "")}$`);
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
