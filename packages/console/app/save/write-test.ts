/** A recording as the source of a test, as somebody would have written it. */
import type { Person, Recording } from "./recording.ts";

const longestName = 40;

/** The file's name and what stands in it: vitest, on `e2e/played-conversation.ts` of the checkout. */
export function testOf({ people, line, turns }: Recording): {
  readonly name: string;
  readonly source: string;
} {
  const talking = people.filter((person) =>
    turns.some(({ from, heard }) => from === person || heard.some(({ who }) => who === person)),
  );
  const first = turns[0]?.says ?? "";
  const lines = [
    `import { expect, test } from "vitest";`,
    `import { openPlayed } from "./played-conversation.ts";`,
    ``,
    `test(${quoted(`played by hand: ${shortened(first)}`)}, async () => {`,
    `  await using played = await openPlayed(${quoted(line)});`,
    ...talking.map(({ name, address }) => `  const ${name} = played.phone(${quoted(address)});`),
    ...turns.flatMap(({ from, says, heard }) => [
      ``,
      `  await ${from.name}.says(${quoted(says)});`,
      ...talking.map((person) => expectation(person, heard)),
    ]),
    `});`,
    ``,
  ];
  return { name: `played-${slug(first)}.test.ts`, source: lines.join("\n") };
}

/** What a phone got; that it got nothing is worth as much. */
function expectation(person: Person, heard: Recording["turns"][number]["heard"]): string {
  const bodies = heard.filter(({ who }) => who === person).map(({ body }) => quoted(body));
  return `  expect(await ${person.name}.heard()).toEqual([${bodies.join(", ")}]);`;
}

const quoted = (text: string): string => JSON.stringify(text);

function shortened(text: string): string {
  return text.length > longestName ? `${text.slice(0, longestName)}…` : text;
}

function slug(text: string): string {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join("-").slice(0, longestName) || "conversation";
}
