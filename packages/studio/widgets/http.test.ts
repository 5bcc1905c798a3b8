/** Run Function and Make HTTP Request: what is asked, and what an answer leaves. */
import { describe, expect, test } from "vitest";
import { advance } from "../engine.ts";
import {
  answered,
  flow,
  last,
  nothing,
  now,
  play,
  started,
  state,
  variables,
  warnings,
} from "../testing/play.ts";
import type { EngineEvent, JsonObject } from "../types.ts";

const call = (type: string, properties: JsonObject = {}) =>
  flow(state("call", type, { url: "https://example.com/a", ...properties }));

describe("an answer", () => {
  test.each([
    ["run-function", 200, "success"],
    ["run-function", 204, "success"],
    ["run-function", 302, "success"],
    ["run-function", 404, "fail"],
    ["run-function", 500, "fail"],
    ["make-http-request", 200, "success"],
    ["make-http-request", 302, "failed"],
    ["make-http-request", 500, "failed"],
  ])("to %s with %i is %s, and fills its variables either way", (type, status, event) => {
    const turns = play(call(type), started(), answered('{"a":1}', status));
    expect(last(turns).trace[0]?.left?.event).toBe(event);
    expect(variables(last(turns).execution, "call")).toMatchObject({ status_code: status, parsed: { a: 1 } });
  });

  test.each([
    ["run-function", "fail", 81017],
    ["make-http-request", "failed", 81016],
  ])("that never comes to %s is %s with %i, and leaves nothing", (type, event, code) => {
    const turns = play(call(type), started(), nothing);
    expect(last(turns).trace[0]?.left?.event).toBe(event);
    expect(variables(last(turns).execution, "call")).toEqual({});
    expect(warnings(turns)).toEqual([code]);
  });

  test.each([
    ["no object", "[1]"],
    ["no JSON", "{"],
    ["nested beyond all reason", '{"a":'.repeat(5_000) + "1" + "}".repeat(5_000)],
  ])("of %s is not parsed", (_, body) => {
    const { execution } = last(play(call("run-function"), started(), answered(body)));
    expect(variables(execution, "call")).not.toHaveProperty("parsed");
    expect(JSON.stringify(execution)).toContain("status_code");
  });

  test.each([
    ["withParameters", true],
    ["exact", false],
  ] as const)("of JSON with a charset is parsed as the switch says: %s", (jsonContentType, isParsed) => {
    const [asked] = play(call("make-http-request"), started());
    const event = answered('{"a":1}', 200, "application/json; charset=utf-8")("2");
    const { execution } = advance(call("make-http-request"), asked?.execution ?? null, event, {
      now,
      switches: { jsonContentType },
    });
    expect("parsed" in (variables(execution, "call") as JsonObject)).toBe(isParsed);
  });

  test("shows the Function's concurrency, and no other header", () => {
    const headers = { "x-twilio-function-concurrency": "3", "content-length": "2" };
    const event = (id: string): EngineEvent => ({
      type: "answered",
      id,
      response: { status: 200, contentType: "text/plain", body: "ok", headers },
    });
    expect(variables(last(play(call("run-function"), started(), event)).execution, "call")).toMatchObject({
      headers: { "x-twilio-function-concurrency": "3" },
    });
  });

  test("that comes twice, or for another step, changes nothing", () => {
    const definition = flow(
      state("call", "run-function", { url: "u" }, { success: "again" }),
      state("again", "run-function", { url: "u" }),
    );
    const [, once] = play(definition, started(), answered("a"));
    const twice = advance(definition, once?.execution ?? null, answered("b")("2"), { now });
    expect(twice).toEqual({ execution: once?.execution, effects: [], trace: [] });
  });
});

describe("Make HTTP Request", () => {
  const request = (properties: JsonObject, conversation: JsonObject = {}) =>
    play(call("make-http-request", properties), started(conversation))[0]?.effects ?? [];

  test("carries its parameters in the query, or as a form", () => {
    const properties = {
      url: "https://example.com/a?x=1",
      parameters: [{ key: "n", value: "{{trigger.conversation.Body}}" }],
    };
    expect(request({ ...properties, method: "GET" }, { Body: "a b" })).toMatchObject([
      { method: "GET", url: "https://example.com/a?x=1&n=a+b", body: "" },
    ]);
    expect(request({ ...properties, method: "POST" }, { Body: "a b" })).toMatchObject([
      { method: "POST", url: "https://example.com/a?x=1", body: "n=a+b" },
    ]);
  });

  test("sends its body as it is rendered", () => {
    const body = '{"said":{{trigger.conversation.Body | to_json}}}';
    expect(
      request({ method: "POST", content_type: "application/json", body }, { Body: 'a "b"' }),
    ).toMatchObject([{ contentType: "application/json", body: '{"said":"a \\"b\\""}' }]);
  });

  test("signs in at Twilio's API and nowhere else", () => {
    const url = "https://api.twilio.com/2010-04-01/Accounts.json";
    expect(request({ url, add_twilio_auth: true })).toMatchObject([
      { type: "makeRequest", addTwilioAuth: true },
    ]);
    const elsewhere = request({ url: "https://twilio.com.example.com", add_twilio_auth: true });
    expect(elsewhere.map(({ type }) => type)).toEqual(["warn", "ended"]);
  });

  test("with a parameter named method makes no request, 81014", () => {
    const effects = request({ parameters: [{ key: "method", value: "x" }] });
    expect(effects).toMatchObject([{ type: "warn", code: 81014 }, { type: "ended" }]);
  });
});
