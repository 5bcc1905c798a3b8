import { expect, test } from "vitest";
import { stalePictures } from "./draw.ts";

test("the pictures in docs/pictures are those of the Flows as they are; npm run generate draws them again", () => {
  expect(stalePictures()).toEqual([]);
});
