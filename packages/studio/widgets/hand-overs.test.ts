import { describe, expect, test } from "vitest";
import { advance } from "../engine.ts";
import { flow, options, refused, sent, started, state, timedOut, variables } from "../testing/play.ts";
import type { Effect, EngineEvent, Execution, JsonObject, State, TriggerEvent, Turn } from "../types.ts";
import { validate } from "../validate.ts";

/** Plays one widget in an Execution that this started; each answer goes to the effect that waits. */
function playOne(widget: State, trigger: TriggerEvent, ...answers: ((id: string) => EngineEvent)[]): Turn[] {
  const { states, ...rest } = flow(widget);
  const [first = widget] = states;
  const wired = { ...first, transitions: [{ event: trigger, next: widget.name }] };
  const definition = { ...rest, states: [wired, ...states.slice(1)] };
  const start = started();
  const turns = [advance(definition, null, { ...start, trigger } as EngineEvent, options)];
  for (const answer of answers) {
    const { execution } = turns.at(-1) as Turn;
    turns.push(advance(definition, execution, answer(execution.waiting?.effect ?? ""), options));
  }
  return turns;
}

const effects = (turns: Turn[]) => turns.flatMap((turn) => turn.effects);
const asked = (turns: Turn[]): Effect | undefined => effects(turns).find((effect) => "id" in effect);
const codes = (turns: Turn[]) => effects(turns).flatMap((each) => (each.type === "warn" ? [each.code] : []));
const left = (turns: Turn[]) => turns.at(-1)?.trace.at(-1)?.left?.event;
const ended = (turns: Turn[]) => turns.at(-1)?.execution as Execution;

describe("Send To Flex", () => {
  const flex = (properties: JsonObject = {}) =>
    state("flex", "send-to-flex", { workflow: "WW1", channel: "TC1", ...properties });
  const taken = (id: string): EngineEvent => ({
    type: "handedOver",
    id,
    outcome: "callComplete",
    variables: { sid: "WT1" },
  });

  test("hands a chat over, with numbers read from text", () => {
    const turns = playOne(
      flex({ attributes: '{"a":"{{contact.channel.address}}"}', priority: "5", timeout: "99999999" }),
      "incomingMessage",
      taken,
    );
    expect(asked(turns)).toMatchObject({
      type: "sendToFlex",
      workflowSid: "WW1",
      channelSid: "TC1",
      attributes: { a: "CH1" },
      priority: 5,
      timeoutSeconds: 1_209_600,
    });
    expect(left(turns)).toBe("callComplete");
    expect(variables(ended(turns), "flex")).toEqual({ sid: "WT1" });
  });

  test("puts a call into the Workflow's queue, and leaves as that ends", () => {
    const turns = playOne(
      flex({ waitUrl: "https://a.example/", waitUrlMethod: "GET" }),
      "incomingCall",
      (id) => ({
        type: "dequeued",
        id,
        outcome: "callFailure",
        call: { QueueResult: "system-error" },
      }),
    );
    expect(asked(turns)).toMatchObject({
      type: "enqueue",
      queueName: null,
      workflowSid: "WW1",
      taskAttributes: "{}",
      timeoutSeconds: 3600,
      waitUrl: "https://a.example/",
      waitUrlMethod: "GET",
    });
    expect(left(turns)).toBe("callFailure");
  });

  test.each(["[1]", "{", "text"])("with attributes %s makes no task", (attributes) => {
    const turns = playOne(flex({ attributes }), "incomingMessage");
    expect([left(turns), codes(turns)]).toEqual(["failedToEnqueue", [81015]]);
  });

  test("marks the Conversation that it hands over", () => {
    const open = state(
      "open",
      "start-conversation",
      { conversation_service_sid: "IS1", participants: [] },
      { created: "flex" },
    );
    const { states, ...rest } = flow(open, flex());
    const [first = open] = states;
    const wired = { ...first, transitions: [{ event: "incomingRequest", next: "open" }] };
    const definition = { ...rest, states: [wired, ...states.slice(1)] };
    let turn = advance(
      definition,
      null,
      { ...started(), trigger: "incomingRequest" } as EngineEvent,
      options,
    );
    const conversation = { sid: "CH9", state: "active", chat_service_sid: "IS1" };
    const id = () => turn.execution.waiting?.effect ?? "";
    turn = advance(
      definition,
      turn.execution,
      { type: "conversationOpened", id: id(), conversation, webhookSid: "WH1" },
      options,
    );
    turn = advance(definition, turn.execution, taken(id()), options);
    expect(turn.execution.context.flow["channel"]).toMatchObject({ sid: "CH9", status: "handed off" });
  });
});

describe("Add TwiML Redirect", () => {
  const away = (properties: JsonObject) => state("away", "add-twiml-redirect", properties);

  test.each([
    [{ url: "https://a.example/{{flow.sid}}" }, "https://a.example/FN1", "POST", 14_400],
    [{ url: "http://a.example/", method: "GET", timeout: "0" }, "http://a.example/", "GET", 0],
    [{ url: "http://a.example/", timeout: "99999" }, "http://a.example/", "POST", 14_400],
  ])("%j asks for %s", (properties, url, method, timeoutSeconds) => {
    const turns = playOne(away(properties), "incomingCall");
    expect(asked(turns)).toMatchObject({ type: "redirect", url, method, timeoutSeconds });
  });

  test.each(["", "a.example", "javascript:1", "{{nothing}}"])("fails at once with a URL of %j", (url) => {
    const turns = playOne(away({ url }), "incomingMessage");
    expect([left(turns), asked(turns)]).toEqual(["fail", undefined]);
  });

  test("keeps what it is given back, and nothing after its time", () => {
    const back = (id: string): EngineEvent => ({ type: "returned", id, parameters: { mood: "good" } });
    const url = "https://a.example/";
    const returned = playOne(away({ url }), "incomingMessage", back);
    expect([left(returned), variables(ended(returned), "away")]).toEqual(["return", { mood: "good" }]);
    const late = playOne(away({ url }), "incomingMessage", timedOut, back);
    expect([left(late.slice(0, 2)), variables(ended(late), "away")]).toEqual(["timeout", {}]);
  });
});

describe("Start and Resume Conversation", () => {
  const start = state("open", "start-conversation", {
    conversation_service_sid: "IS1",
    participants: [
      { type: "chat", identity: "{{contact.channel.address}}" },
      {
        type: "sms",
        messaging_binding_address: "+15550100201",
        messaging_binding_proxy_address: "+15550100001",
      },
    ],
    timers: { inactive: "PT1H" },
  });
  const resume = state("open", "resume-conversation", {
    conversation_service_sid: "IS1",
    conversation_sid: "{{flow.channel.address}}",
  });

  test("Start Conversation takes what Studio's editor writes", () => {
    const drawn = state("open", "start-conversation", {
      conversation_service_sid: "IS1",
      participants: [
        {
          type: "messaging",
          messaging_binding_address: "{{contact.channel.address}}",
          messaging_binding_proxy_address: "+15550100001",
        },
      ],
      timers_inactive: "PT10M",
      timers_closed: "PT1H",
      close_conversation_on_execution_end: true,
    });
    const trigger = {
      name: "Trigger",
      type: "trigger",
      transitions: [{ event: "incomingRequest", next: "open" }],
    };
    const definition = { initial_state: "Trigger", states: [trigger, drawn] };
    expect(validate(definition)).toMatchObject({ errors: [], warnings: [] });
    const turns = playOne(drawn, "incomingRequest", (id) => ({
      type: "conversationOpened",
      id,
      conversation: { sid: "CH5" },
      webhookSid: "WH1",
    }));
    expect(asked(turns)).toMatchObject({
      participants: [{ address: "CH1", proxyAddress: "+15550100001" }],
      timers: { inactive: "PT10M", closed: "PT1H" },
    });
    expect(variables(ended(turns), "open")).toMatchObject({ close_channel_on_execution_end: true });
  });

  test("ask for it", () => {
    expect(asked(playOne(start, "incomingRequest"))).toMatchObject({
      type: "startConversation",
      serviceSid: "IS1",
      participants: [{ identity: "CH1" }, { address: "+15550100201", proxyAddress: "+15550100001" }],
      timers: { inactive: "PT1H" },
    });
    expect(asked(playOne(resume, "incomingRequest"))).toMatchObject({
      type: "resumeConversation",
      conversationSid: "CH1",
    });
  });

  test.each(["incomingMessage", "incomingCall", "incomingConversationMessage"] as const)(
    "fail with 81020 in an Execution that %s started",
    (trigger) => {
      for (const widget of [start, resume]) {
        const turns = playOne(widget, trigger);
        expect([left(turns), codes(turns), asked(turns)]).toEqual(["failed", [81020], undefined]);
      }
    },
  );

  test("fail where Twilio refuses, with its code", () => {
    const turns = playOne(start, "incomingRequest", (id) => ({
      type: "conversationFailed",
      id,
      error: { code: 50416, message: "the pair is in use" },
    }));
    expect([left(turns), codes(turns), variables(ended(turns), "open")]).toEqual(["failed", [50416], {}]);
  });
});

describe("a widget of a service that is gone", () => {
  test.each([
    ["create-task", 81015],
    ["create-chat-channel", 81006],
    ["add-member-to-chat-channel", 81004],
    ["understand", 81013],
    ["update-sync-object", 81012],
    ["send-to-auto-pilot", 81013],
  ])("%s leaves by the Flow's way for failures, with %i", (type, code) => {
    const turns = playOne(state("old", type, {}, { created: "", failedToCreate: "" }), "incomingMessage");
    expect([left(turns), codes(turns)]).toEqual(["failedToCreate", [code]]);
  });
});

describe("run-function-v2", () => {
  test("is Run Function where it names a URL, and fails where it does not", () => {
    const named = playOne(state("run", "run-function-v2", { url: "https://a.example/" }), "incomingMessage");
    expect(asked(named)).toMatchObject({ type: "runFunction", url: "https://a.example/" });
    const nameless = playOne(state("run", "run-function-v2", { function_sid: "ZH1" }), "incomingMessage");
    expect([left(nameless), codes(nameless)]).toEqual(["fail", [81017]]);
  });
});

test("answers that belong to other widgets change nothing", () => {
  const widget = state("flex", "send-to-flex", { workflow: "WW1", channel: "TC1" });
  for (const answer of [sent, refused, timedOut]) {
    const turns = playOne(widget, "incomingMessage", answer);
    expect(codes(turns)).toEqual([81002]);
    expect(ended(turns)).toEqual(turns[0]?.execution);
  }
});
