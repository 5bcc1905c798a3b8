import { expect, test } from "vitest";
import { maskAddress, parseAddress } from "./address.ts";

test.each([
  ["+15550100201", { channel: "sms", number: "+15550100201", isShortCode: false }],
  ["55501", { channel: "sms", number: "55501", isShortCode: true }],
  ["whatsapp:+15550100201", { channel: "whatsapp", number: "+15550100201", isShortCode: false }],
  ["whatsapp:55501", null],
  ["15550100201", null],
  ["+0550100201", null],
  ["support", null],
  ["", null],
])("%s", (text, address) => {
  expect(parseAddress(text)).toEqual(address);
});

test("a masked address keeps the channel and the last four digits", () => {
  expect(maskAddress("whatsapp:+15550100201")).toBe("whatsapp:+•••••••0201");
});
