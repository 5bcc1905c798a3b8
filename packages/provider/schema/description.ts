import type { Shape } from "../shape/shape.ts";
import { exampleOf, type Written } from "./examples.ts";

/** In the order of Pulumi's registry. */
const shown = ["typescript", "python", "csharp", "go"] as const;

/** What the schema says of a resource: its words, where it is at Twilio, and an example in every language there is one in. */
export function descriptionOf({ token, description }: Shape, { programs }: Written): string {
  const yaml = exampleOf(token);
  if (yaml === undefined) return description;
  const programOf = (language: (typeof shown)[number]) => programs[token]?.[language];
  const blocks = [...shown.map((language) => [language, programOf(language)] as const), ["yaml", yaml]]
    .filter(([, text]) => text !== undefined)
    .map(([language, text = ""]) => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``);
  const example = [
    "{{% examples %}}",
    "## Example Usage",
    "{{% example %}}",
    "",
    ...blocks,
    "{{% /example %}}",
    "{{% /examples %}}",
  ];
  return `${description}\n\n${example.join("\n")}\n`;
}
