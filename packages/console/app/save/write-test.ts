/** A recording as the source of a test, as somebody would have written it. */
import type { Person, Recording } from "./recording.ts";

const longestName = 40;

/** The file's name and what stands in it: a conversation test of the project, as docs/how-to/conversation-tests.md has them. */
export function testOf({ stage, line, began, people, turns }: Recording): {
  readonly name: string;
  readonly source: string;
} {
  const talking = people.filter((person) =>
    turns.some(({ from, heard }) => from === person || heard.some(({ who }) => who === person)),
  );
  const first = turns[0]?.says ?? "";
  const addresses = talking.flatMap(({ name, address }) =>
    address === null ? [] : [`${name}: ${quoted(address)}`],
  );
  const lines = [
    `/** Played by hand in the console: what everybody wrote, and what each phone got because of it. */`,
    `import { lineOfStage } from "@support-line/cli/line";`,
    `import { conversationsOn } from "@support-line/conversation-test";`,
    ``,
    `const conversation = conversationsOn(`,
    `  await lineOfStage(${quoted(stage)}, ${quoted(line)}, {`,
    `    people: { ${addresses.join(", ")} },`,
    `    now: Date.parse(${quoted(began)}),`,
    `  }),`,
    `);`,
    ``,
    `conversation(${quoted(`played by hand: ${shortened(first)}`)}, async ({ person }) => {`,
    ...talking.map((each) => `  const ${variable(each)} = person(${quoted(each.name)});`),
    ...turns.flatMap(({ from, says, heard }) => [
      ``,
      `  await ${variable(from)}.says(${quoted(says)});`,
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
  return bodies.length === 0
    ? `  await ${variable(person)}.hearsNothing();`
    : `  await ${variable(person)}.hears(${bodies.join(", ")});`;
}

/** A name of a stage's agent, `mary-ann`, as a variable, `maryAnn`. */
function variable({ name }: Person): string {
  const [first = "", ...others] = name.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const joined = first + others.map((part) => part.slice(0, 1).toUpperCase() + part.slice(1)).join("");
  return /^[A-Za-z]/.test(joined) && !reserved.has(joined) ? joined : `person${joined}`;
}

/** What a test has or the language keeps for itself. */
const reserved = new Set(
  "await case class const default delete do else enum export for function if import in new null person return this throw true try var void while with yield conversation".split(
    " ",
  ),
);

const quoted = (text: string): string => JSON.stringify(text);

function shortened(text: string): string {
  return text.length > longestName ? `${text.slice(0, longestName)}…` : text;
}

function slug(text: string): string {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join("-").slice(0, longestName) || "conversation";
}
