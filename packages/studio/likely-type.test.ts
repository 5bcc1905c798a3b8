import { describe, expect, test } from "vitest";
import { advance } from "./engine.ts";
import { likelyMeant } from "./likely-type.ts";
import { flow, options, started, state } from "./testing/play.ts";
import { validate } from "./validate.ts";
import { widgets } from "./widgets/index.ts";

const problems = (type: string) => validate(flow(state("one", type, {})));

describe("a type that Studio does not have", () => {
  test.each([
    ["http-request", "make-http-request"],
    ["HTTP Request", "make-http-request"],
    ["send_and_wait_for_reply", "send-and-wait-for-reply"],
    ["gather-input", "gather-input-on-call"],
    ["say", "say-play"],
    ["hangup", "a transition without next ends the call"],
  ])("%s is refused, and what is meant is named: %s", (type, meant) => {
    const { errors } = problems(type);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ property_path: "#/states/1/type", widget: "one" });
    expect(errors[0]?.message).toMatch(/^does not have a value in the enumeration \[add-member/);
    expect(errors[0]?.message).toContain(meant);
    expect(() => advance(flow(state("one", type, {})), null, started(), options)).toThrow(meant);
  });

  test.each([
    ["send-mesage", "likely meant: send-message"],
    ["make-outgoing-call-v3", "likely meant: make-outgoing-call-v"],
    ["read-minds", "Twilio decides about it"],
  ])("%s may be one that Twilio added yesterday: a warning, which says %s", (type, words) => {
    const { errors, warnings } = problems(type);
    expect(errors).toEqual([]);
    expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining(words)]);
  });

  test.each(["banana", "Send Carrier Pigeon", "frob!", "__proto__", ""])(
    "%s looks like nothing that Studio has, and is refused",
    (type) => {
      expect(problems(type).errors.map(({ property_path: at }) => at)).toEqual(["#/states/1/type"]);
    },
  );

  test("of which nobody can tell what is meant gets no guess", () => {
    expect(likelyMeant("read-minds")).toEqual({ words: "", isMistake: false });
    expect(likelyMeant("__proto__").words).toBe("");
    expect(likelyMeant("x".repeat(10_000)).words).toBe("");
  });

  test("every alias leads to a widget that there is", () => {
    for (const alias of ["http-request", "pay", "redirect", "subflow", "voicemail", "flex", "sms", "split"]) {
      const meant = likelyMeant(alias).words.replace("likely meant: ", "");
      expect(Object.keys(widgets)).toContain(meant);
    }
  });
});

describe("a widget whose events are on no page any more", () => {
  test.each(["create-task", "understand", "run-function-v2", "send-to-auto-pilot"])(
    "%s may leave by any",
    (type) => {
      const { errors } = validate(flow(state("one", type, { anything: 1 }, { whatever: "" })));
      expect(errors).toEqual([]);
    },
  );
});
