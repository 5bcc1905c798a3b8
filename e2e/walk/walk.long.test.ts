/** The life of a line, command by command; `npm run walk` tells it. */
import { expect, test } from "vitest";
import { walk } from "./walk.ts";

const minutes = 6;

test(
  "a line that others made is adopted, changed, rolled out to two stages, pulled back from Studio, and rolled back",
  { timeout: minutes * 60_000 },
  async () => {
    const chapters: string[] = [];
    await walk({ chapter: (text) => chapters.push(text), says: () => undefined });
    expect(chapters).toHaveLength(8);
  },
);
