/** A recording as the source of a test, as somebody would have written it. */
import type { Recording } from "./recording.ts";

/** The file's name and what stands in it. */
export function testOf(recording: Recording): { readonly name: string; readonly source: string } {
  const { people, turns } = recording;
  const names = people.map(({ name }) => name).join(", ");
  const lines = turns.map(({ from, says }) => `  // ${from.name}: ${JSON.stringify(says)}`);
  return { name: "conversation.test.ts", source: [`// ${names}`, ...lines, ""].join("\n") };
}
