import { expect, test } from "vitest";
import { keywordOf } from "./keywords.ts";

test.each([
  ["STOP", "stop"],
  ["stop", "stop"],
  [" Unsubscribe ", "stop"],
  ["OptOut", "stop"],
  ["revoke", "stop"],
  ["YES", "start"],
  ["unstop", "start"],
  ["info", "help"],
  ["stop please", null],
  ["hello", null],
  ["", null],
])("%j", (body, keyword) => {
  expect(keywordOf(body)).toBe(keyword);
});
