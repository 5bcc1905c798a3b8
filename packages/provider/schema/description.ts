import type { Shape } from "../shape/shape.ts";
import { described } from "./described.ts";
import { exampleProgram } from "./example-program.ts";

/** What the schema says of a resource: its words, where it is at Twilio, and an example where a person wrote one. */
export function descriptionOf({ token, description }: Shape): string {
  const own = described[token];
  if (own === undefined) return description;
  const example = [
    "{{% examples %}}",
    "## Example Usage",
    "{{% example %}}",
    "",
    "```typescript",
    exampleProgram([token]),
    "```",
    "{{% /example %}}",
    "{{% /examples %}}",
  ];
  return `${description}\n\n${example.join("\n")}\n`;
}
