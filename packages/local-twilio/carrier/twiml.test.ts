import twilio from "twilio";
import { expect, test } from "vitest";
import { parseTwiml, TwimlError } from "./twiml.ts";

test("what Twilio's own library writes is read back", () => {
  const response = new twilio.twiml.MessagingResponse();
  response.message({ to: "+15550100201" }, "Fish & chips <now>");
  const second = response.message({ action: "https://example.com/status" }, "");
  second.body("with a picture");
  second.media("https://example.com/a.png");
  response.redirect({ method: "GET" }, "https://example.com/next?a=1&b=2");
  expect(parseTwiml(response.toString())).toEqual([
    { verb: "message", to: "+15550100201", from: null, body: "Fish & chips <now>", media: [] },
    { verb: "message", to: null, from: null, body: "with a picture", media: ["https://example.com/a.png"] },
    { verb: "redirect", url: "https://example.com/next?a=1&b=2", method: "GET" },
  ]);
});

test("an empty Response answers nothing", () => {
  expect(parseTwiml('<?xml version="1.0" encoding="UTF-8"?><Response/>')).toEqual([]);
});

test.each(["", "hello", "<Response>", "<Other/>"])("%j is not TwiML", (document) => {
  expect(() => parseTwiml(document)).toThrow(TwimlError);
});
