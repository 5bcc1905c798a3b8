import { expect, test } from "vitest";
import { stalePictures } from "./draw.ts";

test("the pictures in docs/pictures are those of the Flow as it is; npm run generate draws them again", () => {
  expect(stalePictures()).toEqual([]);
});
