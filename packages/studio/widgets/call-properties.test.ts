import { describe, expect, test } from "vitest";
import { propertyProblems } from "../properties.ts";
import { widgetOfType } from "./index.ts";

describe("properties as strict as Studio's", () => {
  const sound: Readonly<Record<string, JsonObject>> = Object.fromEntries(
    rows.map(({ type, properties }) => [type, properties]),
  );
  test.each<[string, JsonObject, string]>([
    ["say-play", { loop: "1" }, "string found, integer expected"],
    [
      "say-play",
      { play: "https://example.com" },
      "should be valid to one and only one of the schemas say, play, digits",
    ],
    [
      "gather-input-on-call",
      { play: "https://example.com" },
      "should be valid to one and only one of the schemas say, play",
    ],
    ["gather-input-on-call", { timeout: "5" }, "string found, integer expected"],
    ["gather-input-on-call", { number_of_digits: 1.5 }, "number found, integer expected"],
    ["gather-input-on-call", { stop_gather: "true" }, "string found, boolean expected"],
    ["gather-input-on-call", { profanity_filter: true }, "boolean found, string expected"],
    ["connect-call-to", { timeout: "30" }, "string found, integer expected"],
    ["connect-call-to", { time_limit: 600 }, "integer found, string expected"],
    [
      "connect-call-to",
      { noun: "phone" },
      "does not have a value in the enumeration [client, conference, number, number-multi, sim, sip]",
    ],
    ["make-outgoing-call-v2", { machine_detection_timeout: 30 }, "integer found, string expected"],
    ["make-outgoing-call-v2", { record: "false" }, "string found, boolean expected"],
    ["enqueue-call", { priority: "1" }, "string found, integer expected"],
    ["enqueue-call", { queue_name: "q".repeat(65) }, "may only be 64 characters long"],
    ["record-call", { record_call: "true" }, "string found, boolean expected"],
    ["record-voicemail", { play_beep: true }, "boolean found, string expected"],
    ["record-voicemail", { max_length: "60" }, "string found, integer expected"],
    ["capture-payments", { postal_code: true }, "boolean found, string expected"],
    ["capture-payments", { security_code: "true" }, "string found, boolean expected"],
    ["fork-stream", { stream_action: "begin" }, "does not have a value in the enumeration [start, stop]"],
    ["connect-virtual-agent-v2", { timeout: "30" }, "string found, integer expected"],
    ["run-conversation-relay", { interruptible: true }, "boolean found, string expected"],
  ])("%s refuses %j", (type, wrong, message) => {
    const schema = widgetOfType(type)?.properties;
    if (schema === undefined) throw new Error(`there is no widget ${type}`);
    const base = type === "say-play" ? { say: "Hello" } : (sound[type] ?? {});
    expect(propertyProblems(schema, base)).toEqual([]);
    expect(propertyProblems(schema, { ...base, ...wrong })).toEqual([expect.objectContaining({ message })]);
  });
});
