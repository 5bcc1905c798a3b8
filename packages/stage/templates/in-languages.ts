import type { Bindings, FlowDefinition } from "@support-line/studio";
import type { LineValues, Texts } from "./line-values.ts";

/** Fills texts of a template by the stage's, in the stage's languages. */
export function textsOf(
  states: FlowDefinition["states"],
): (widget: string, place: string, key: keyof Texts) => Bindings<LineValues> {
  const own = (widget: string, place: string) => {
    const { body = "", parameters = [] } = (states.find(({ name }) => name === widget)?.properties ?? {}) as {
      body?: string;
      parameters?: { key: string; value: string }[];
    };
    return parameters.find(({ key }) => place === `parameters.${key}`)?.value ?? body;
  };
  return (widget, place, key) => ({ [`${widget}.${place}`]: inLanguages(key, own(widget, place)) });
}

/** Several words in one condition; with none, the condition before it, of the support word, has matched already. */
export function anyOf(list: readonly string[], { keywords }: LineValues): string {
  return list.length === 0 ? (keywords.support ?? "support") : list.join(",");
}

/**
 * A text in every language of the stage: Liquid that picks by `flow.variables.language`, which the template sets. The
 * first language's text, or whoever chose none, is the stage's wording, or the template's own where the stage has none.
 *
 * @param own what the template has
 * @returns undefined when the stage says nothing, so that the template's text stays
 */
export function inLanguages(
  key: keyof Texts,
  own: string,
): (values: Pick<LineValues, "wordings" | "languages">) => string | undefined {
  return ({ wordings, languages }) => {
    const others = languages.flatMap(({ name, wordings: { [key]: text } }) =>
      text === undefined ? [] : [`{% when '${name}' %}${text}`],
    );
    if (others.length === 0) return wordings[key];
    return `{% case flow.variables.language %}${others.join("")}{% else %}${wordings[key] ?? own}{% endcase %}`;
  };
}
