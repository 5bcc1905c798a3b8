import { expect, test } from "vitest";
import { staleCopies } from "./blocks.ts";

test("what a block brings is the project's own Function; npm run generate copies it", () => {
  expect(staleCopies(process.cwd()).map(({ file }) => file)).toEqual([]);
});
