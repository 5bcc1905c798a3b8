import type { LineValues, Texts } from "./line-values.ts";

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
