import { describe, expect, test } from "vitest";
import { advance } from "../engine.ts";
import { flow, now, play, started, state } from "../testing/play.ts";
import type { JsonObject } from "../types.ts";
import { validate } from "../validate.ts";

const message = (properties: JsonObject) =>
  play(flow(state("tell", "send-message", properties)), started({ Name: "Ada" }))[0]?.effects ?? [];

describe("Send Message", () => {
  test("goes the way the conversation came unless it says otherwise", () => {
    expect(message({ body: "hi" })).toEqual([
      { type: "sendMessage", id: "2", state: "tell", from: "CH1", to: "CH1", body: "hi" },
    ]);
    expect(message({ body: "hi", from: "+15550100001", to: "+15550100201" })).toMatchObject([
      { from: "+15550100001", to: "+15550100201" },
    ]);
  });

  test("carries media and attributes, rendered", () => {
    const properties = { body: "", media_url: "https://example.com/{{trigger.conversation.Name}}.png" };
    expect(message({ ...properties, attributes: '{"to":"{{trigger.conversation.Name}}"}' })).toMatchObject([
      { mediaUrl: "https://example.com/Ada.png", attributes: '{"to":"Ada"}' },
    ]);
  });

  test("may have its links shortened: the text goes out as it is written", () => {
    const tell = state("tell", "send-message", { body: "https://example.com/form", shorten_urls: true });
    expect(validate(flow(tell))).toMatchObject({ errors: [], warnings: [] });
    expect(message(tell.properties)).toMatchObject([{ body: "https://example.com/form" }]);
  });

  test("carries a content template with its variables by number", () => {
    const properties = {
      message_type: "content_template",
      content_sid: "HX0",
      content_variables: [{ key: "{{1}}", value: "{{trigger.conversation.Name}}" }],
    };
    expect(message(properties)).toMatchObject([{ contentSid: "HX0", contentVariables: { 1: "Ada" } }]);
  });

  test.each([
    ["empty", ""],
    ["literal", "Hello {{ name | shout }}"],
  ] as const)("with a template that fails says 81018 and goes on with it %s", (failingTemplate, body) => {
    const definition = flow(state("tell", "send-message", { body: "Hello {{ name | shout }}" }));
    const { effects, trace } = advance(definition, null, started(), { now, switches: { failingTemplate } });
    expect(effects).toMatchObject([
      { type: "warn", code: 81018 },
      { type: "sendMessage", body },
    ]);
    expect(trace[1]?.templates.find(({ property }) => property === "body")?.error).toMatch(/shout/);
  });
});
