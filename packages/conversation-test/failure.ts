/** What was expected and did not come. A test runner shows `expected` and `actual` as a diff. */
export class ConversationFailure extends Error {
  readonly expected: unknown;
  readonly actual: unknown;
  readonly showDiff: boolean;

  constructor(
    problem: string,
    {
      expected,
      actual,
      transcript,
      world,
      at,
    }: {
      readonly expected: readonly unknown[];
      readonly actual: readonly unknown[];
      readonly transcript: string;
      readonly world: string;
      readonly at: Error;
    },
  ) {
    super(`${problem}\n\nSo far, ${world}:\n${transcript === "" ? "  nothing was said" : transcript}\n`);
    this.name = "ConversationFailure";
    this.expected = expected;
    this.actual = actual;
    this.showDiff = true;
    // The script's line is what its reader looks for, not the place in here where it was noticed.
    const frames = (at.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
    this.stack = [`${this.name}: ${this.message}`, ...frames].join("\n");
  }
}

/** Files of this package that scripts call: their frames stand between a script and what it called. */
const between = /\/conversation-test\/(failure|person|scene)\.ts/;

/** The place in a script from which a step of it was called. */
export function placeOf(): Error {
  const place = new Error();
  const frames = (place.stack ?? "").split("\n").filter((line) => !between.test(line));
  place.stack = frames.join("\n");
  return place;
}
