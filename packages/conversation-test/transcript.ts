/** What was said so far, for whoever reads why a test failed. */
export class Transcript {
  readonly #lines: (readonly [who: string, what: string])[] = [];

  readonly note = (who: string, what: string): void => {
    this.#lines.push([who, what]);
  };

  /** Line by line, who in one column. */
  toString(): string {
    const width = Math.max(0, ...this.#lines.map(([who]) => who.length));
    return this.#lines
      .map(([who, what]) => `  ${who.padEnd(width)}  ${what.replaceAll("\n", `\n${" ".repeat(width + 4)}`)}`)
      .join("\n");
  }
}
