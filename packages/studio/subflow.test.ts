import { describe, expect, test } from "vitest";
import { advance, type EngineOptions } from "./engine.ts";
import type { Subflow } from "./subflow.ts";
import { flow, options, replied, sent, started, state, variables, warnings } from "./testing/play.ts";
import type { EngineEvent, Execution, FlowDefinition, JsonObject, Turn } from "./types.ts";
import { validate } from "./validate.ts";

const sid = `FW${"1".repeat(32)}`;

/** A Flow as a subflow: its Trigger leads to its first widget when another Flow runs it. */
function sub(...states: Parameters<typeof flow>): FlowDefinition {
  const made = flow(...states);
  const [trigger, ...rest] = made.states;
  if (trigger === undefined) return made;
  const transitions = [{ event: "incomingParent", next: states[0]?.name ?? null }];
  return { ...made, states: [{ ...trigger, transitions }, ...rest] };
}

const tells = (name: string, body: string, next = "") =>
  state(name, "send-message", { body }, { sent: next });
const asks = (name: string, next = "") =>
  state(name, "send-and-wait-for-reply", { body: "?" }, { incomingMessage: next });
const notes = (name: string, key: string, value: string, isJson = false) =>
  state(name, "set-variables", { variables: [{ key, value, parse_as_json: isJson }] }, { next: "" });
const calls = (parameters: JsonObject[] = [], next: Record<string, string> = {}) =>
  state(
    "call",
    "run-subflow",
    { flow_sid: sid, flow_revision: "LatestPublished", parameters },
    { completed: "", failed: "", ...next },
  );

const given = (definition: FlowDefinition | undefined): EngineOptions => ({
  ...options,
  stepSid: (number) => `FT${number}`,
  subflows: () => definition && { definition, revision: 7 },
});

function play(
  definition: FlowDefinition,
  with_: EngineOptions,
  ...answers: ((id: string) => EngineEvent)[]
): Turn[] {
  const turns = [advance(definition, null, started({ Body: "hi" }), with_)];
  for (const answer of answers) {
    const execution: Execution | null = turns.at(-1)?.execution ?? null;
    // As a host that stores it in between.
    const stored = JSON.parse(JSON.stringify(execution)) as Execution;
    turns.push(advance(definition, stored, answer(execution?.waiting?.effect ?? ""), with_));
  }
  return turns;
}

const ended = (turns: Turn[]) => turns.at(-1)?.execution as Execution;
const bodies = (turns: Turn[]) =>
  turns.flatMap(({ effects }) => effects.flatMap((each) => (each.type === "sendMessage" ? [each.body] : [])));

describe("a subflow", () => {
  test("runs in the same Execution: parameters go in, variables come out, and both Flows wait on the same person", () => {
    const definition = flow(
      calls([{ key: "name", value: "{{trigger.conversation.Body}} there" }], { completed: "after" }),
      tells("after", "{{widgets.call.mood}}|{{widgets.ask}}|{{flow.variables.mood}}|{{flow.flow_sid}}"),
    );
    const subflow = sub(
      asks("ask", "note"),
      notes("note", "mood", "{{trigger.parent.parameters.name}}: {{widgets.ask.inbound.Body}}"),
    );
    const turns = play(definition, given(subflow), sent, replied("fine"), sent);
    expect(bodies(turns)).toEqual(["?", "hi there: fine|||FW1"]);
    expect(ended(turns)).toMatchObject({ status: "ended", endedBy: "completed" });
    expect(ended(turns).caller).toBeUndefined();
    expect(variables(ended(turns), "call")).toEqual({ mood: "hi there: fine" });
  });

  test("finds its caller under trigger.parent, with the caller's own trigger beside it", () => {
    const definition = flow(calls([{ key: "a", value: "1" }]));
    const turns = play(definition, given(sub(asks("ask"))));
    expect(ended(turns).context).toMatchObject({
      flow: { sid: "FN1", flow_sid: sid, variables: {} },
      trigger: {
        conversation: { Body: "hi" },
        parent: {
          parameters: { a: "1" },
          step_sid: "FT2",
          execution_sid: "FN1",
          flow_sid: "FW1",
          trigger_type: "incomingConversationMessage",
        },
      },
      widgets: {},
    });
  });

  test("its steps name the step that runs it, and that one goes on after them", () => {
    const definition = flow(calls([], { completed: "after" }), tells("after", "x"));
    const turns = play(definition, given(sub(tells("hello", "y"))), sent, sent);
    const steps = turns.flatMap(({ trace }) => trace);
    expect(
      steps.map(({ number, parent, state: name, from, event, continued, left }) => [
        number,
        parent,
        `${from}.${event} → ${name}`,
        continued,
        left?.to,
      ]),
    ).toEqual([
      [1, undefined, ".incomingConversationMessage → Trigger", false, "call"],
      [2, undefined, "Trigger.incomingConversationMessage → call", false, undefined],
      [3, 2, ".incomingParent → Trigger", false, "hello"],
      [4, 2, "Trigger.incomingParent → hello", false, undefined],
      [4, 2, "Trigger.incomingParent → hello", true, null],
      [2, undefined, "Trigger.incomingConversationMessage → call", true, "after"],
      [5, undefined, "call.completed → after", false, undefined],
      [5, undefined, "call.completed → after", true, null],
    ]);
  });

  test.each([
    ["simple", '{"a":1}', { mood: undefined }],
    ["any", '{"a":1}', { mood: { a: 1 } }],
    ["simple", "3", { mood: 3 }],
  ] as const)("with subflowValues %s a variable that is %s comes out as %o", (position, value, left) => {
    const with_ = {
      ...given(sub(notes("note", "mood", value, true))),
      switches: { subflowValues: position },
    };
    expect(variables(ended(play(flow(calls()), with_)), "call")).toEqual(left.mood === undefined ? {} : left);
  });

  test.each([
    ["simple", "{{trigger.parent.parameters.a}}", '{"b": 1}'],
    ["any", "{{trigger.parent.parameters.a.b}}", "1"],
  ] as const)(
    "with subflowValues %s a parameter that is parsed as JSON goes in so that %s is %s",
    (position, body, text) => {
      const parameters = [{ key: "a", value: '{"b": 1}', parse_as_json: true }];
      const with_ = { ...given(sub(tells("hello", body))), switches: { subflowValues: position } };
      expect(bodies(play(flow(calls(parameters)), with_))).toEqual([text]);
    },
  );

  test("that is missing, or that a subflow calls, fails with 81024", () => {
    const definition = flow(calls([], { failed: "sorry" }), tells("sorry", "no"));
    const missing = play(definition, given(undefined));
    expect(warnings(missing)).toEqual([81024]);
    expect(bodies(missing)).toEqual(["no"]);
    const nested = play(definition, given(sub(calls([], { failed: "inner" }), tells("inner", "nested"))));
    expect(warnings(nested)).toEqual([81024]);
    expect(bodies(nested)).toEqual(["nested"]);
    expect(variables(ended(nested), "call")).toEqual({});
  });

  test("that is deleted while it runs gives its caller back as failed", () => {
    const definition = flow(calls([], { failed: "sorry" }), tells("sorry", "no"));
    const [turn] = play(definition, given(sub(asks("ask"))));
    const after = advance(
      definition,
      turn?.execution ?? null,
      sent(turn?.execution.waiting?.effect ?? ""),
      given(undefined),
    );
    expect(bodies([after])).toEqual(["no"]);
    expect(warnings([after])).toEqual([81024]);
  });

  test("goes on with the revision that it began with", () => {
    const asked: unknown[] = [];
    const found: Subflow = { definition: sub(asks("ask")), revision: 7 };
    const with_: EngineOptions = { ...options, subflows: (_, revision) => (asked.push(revision), found) };
    play(flow(calls()), with_, sent, replied("x"));
    expect(new Set(asked)).toEqual(new Set(["LatestPublished", 7]));
  });

  test("brings its channel back, and keeps the caller's variables apart from its own", () => {
    const opens = state(
      "open",
      "start-conversation",
      { conversation_service_sid: "IS1", participants: [{ type: "chat", identity: "ann" }] },
      { created: "" },
    );
    const definition = flow(calls());
    const start = started();
    if (start.type !== "started") return;
    const [trigger, ...rest] = definition.states;
    const byRequest = {
      ...definition,
      states: [{ ...(trigger ?? opens), transitions: [{ event: "incomingRequest", next: "call" }] }, ...rest],
    };
    const with_ = given(sub(opens));
    let turn = advance(byRequest, null, { ...start, trigger: "incomingRequest" }, with_);
    const id = turn.execution.waiting?.effect ?? "";
    const conversation = { sid: "CH9", state: "active" };
    turn = advance(
      byRequest,
      turn.execution,
      { type: "conversationOpened", id, conversation, webhookSid: "WH1" },
      with_,
    );
    expect(turn.execution.context.flow).toMatchObject({
      channel: { address: "CH1", sid: "CH9", type: "conversation" },
      variables: {},
      flow_sid: "FW1",
    });
  });

  test("counts its steps with the caller's: a loop over a subflow ends after 1,000", () => {
    const definition = flow(
      calls([], { completed: "again" }),
      state("again", "set-variables", {}, { next: "call" }),
    );
    const turns = play(definition, given(sub(notes("note", "a", "1"))));
    expect(ended(turns)).toMatchObject({ status: "ended", endedBy: "stepLimit", steps: 1000 });
    expect(warnings(turns)).toEqual([81000]);
  });

  test("ten runs of one Run Subflow in a row are enough", () => {
    const turns = play(flow(calls([], { completed: "call" })), given(sub(notes("note", "a", "1"))));
    expect(ended(turns).endedBy).toBe("loopLimit");
    expect(
      turns[0]?.trace.filter(({ state: name, continued }) => name === "call" && !continued),
    ).toHaveLength(10);
  });

  test("its widgets may have the names of its caller's", () => {
    const definition = flow(calls([], { completed: "call2" }), tells("call2", "[{{widgets.hello}}]"));
    const turns = play(definition, given(sub(tells("call", "inner"))), sent, sent);
    expect(bodies(turns)).toEqual(["inner", "[]"]);
    expect(ended(turns).context.widgets).not.toHaveProperty("call.outbound");
  });
});

describe("Run Subflow is refused", () => {
  const problems = (properties: JsonObject) =>
    validate(flow(state("call", "run-subflow", properties))).errors.map(({ message }) => message);

  test.each([
    [
      { flow_sid: "{{flow.variables.x}}", flow_revision: "LatestPublished" },
      "must be a valid, non-liquid flow sid",
    ],
    [{ flow_sid: sid }, "is missing but it is required"],
    [{ flow_revision: "LatestDraft" }, "is missing but it is required"],
    [
      { flow_sid: sid, flow_revision: "latest" },
      "does not have a value in the enumeration [LatestPublished, LatestDraft] and is not a revision number",
    ],
  ])("with %j", (properties, message) => {
    expect(problems(properties)).toEqual([message]);
  });

  test.each(["LatestPublished", "LatestDraft", 3, "3"])("but not with revision %s", (revision) => {
    expect(problems({ flow_sid: sid, flow_revision: revision })).toEqual([]);
  });
});
