import { describe, expect, test } from "vitest";
import type { CallEvent } from "../calls.ts";
import { advance } from "../engine.ts";
import { propertyProblems } from "../properties.ts";
import { flowOf, left, started } from "../testing/one-widget.ts";
import { options } from "../testing/play.ts";
import type { Execution, JsonObject } from "../types.ts";
import { widgetOfType } from "./index.ts";

interface Row {
  readonly type: string;
  readonly properties: JsonObject;
  /** What it wants done. */
  readonly wants: object;
  /** What can come of it, and where it goes then. */
  readonly outcomes: readonly (readonly [
    CallEvent | { type: "timedOut"; id: string },
    string,
    JsonObject | undefined,
  ])[];
}

const id = "2";
const call = { CallSid: "CA1" };

const rows: readonly Row[] = [
  {
    type: "say-play",
    properties: { say: "Hello {{contact.channel.address}}", loop: 2, voice: "alice", language: "en-GB" },
    wants: {
      type: "say",
      prompt: { say: "Hello +15550100201", voice: "alice", language: "en-GB" },
      loop: 2,
    },
    outcomes: [[{ type: "played", id }, "audioComplete", undefined]],
  },
  {
    type: "say-play",
    properties: { play: "https://example.com/{{trigger.call.CallSid}}.mp3" },
    wants: { type: "say", prompt: { play: "https://example.com/CA1.mp3" }, loop: 1 },
    outcomes: [],
  },
  {
    type: "say-play",
    properties: { digits: "ww12" },
    wants: { type: "say", prompt: { digits: "ww12" } },
    outcomes: [],
  },
  {
    type: "gather-input-on-call",
    properties: { say: "Press 1", finish_on_key: "#", number_of_digits: 4, stop_gather: true, timeout: 7 },
    wants: { type: "gather", timeoutSeconds: 7, finishOnKey: "#", numberOfDigits: 4 },
    outcomes: [
      [{ type: "keysPressed", id, digits: "12", call }, "keypress", { CallSid: "CA1", Digits: "12" }],
      [
        { type: "spoken", id, text: "sales", confidence: 0.9, call },
        "speech",
        { CallSid: "CA1", SpeechResult: "sales", Confidence: "0.9" },
      ],
      [{ type: "timedOut", id }, "timeout", undefined],
    ],
  },
  {
    type: "gather-input-on-call",
    properties: { say: "Press 1", finish_on_key: "#", stop_gather: false, gather_language: "de-DE" },
    wants: { timeoutSeconds: 5, finishOnKey: null, numberOfDigits: null },
    outcomes: [],
  },
  {
    type: "connect-call-to",
    properties: { noun: "number-multi", to: "+15550100301, +15550100302", timeout: 20, time_limit: "600" },
    wants: {
      type: "dial",
      to: ["+15550100301", "+15550100302"],
      timeoutSeconds: 20,
      timeLimitSeconds: 600,
      sip: null,
    },
    outcomes: [
      [
        { type: "dialEnded", id, call: { DialCallStatus: "busy" } },
        "callCompleted",
        { DialCallStatus: "busy" },
      ],
      [{ type: "hungUp", call }, "hangup", call],
    ],
  },
  {
    type: "connect-call-to",
    properties: {
      noun: "sip",
      sip_endpoint: "sip:desk@example.com",
      sip_username: "desk",
      sip_password: "it",
    },
    wants: { to: ["sip:desk@example.com"], sip: { username: "desk", password: "it" } },
    outcomes: [],
  },
  {
    type: "make-outgoing-call-v2",
    properties: {
      from: "{{flow.channel.address}}",
      to: "+15550100301",
      timeout: 30,
      detect_answering_machine: true,
      machine_detection: "DetectMessageEnd",
    },
    wants: {
      type: "makeCall",
      from: "+15550100001",
      timeoutSeconds: 30,
      machineDetection: "DetectMessageEnd",
    },
    outcomes: [
      [
        { type: "callAnswered", id, call: { ...call, AnsweredBy: "machine_start" } },
        "answered",
        { ...call, AnsweredBy: "machine_start" },
      ],
      [{ type: "callNotAnswered", id, outcome: "busy", call }, "busy", call],
      [{ type: "callNotAnswered", id, outcome: "noAnswer", call }, "noAnswer", call],
      [{ type: "callNotAnswered", id, outcome: "failed", call }, "failed", call],
    ],
  },
  {
    type: "make-outgoing-call-v1",
    properties: { from: "+15550100001", to: "+15550100301" },
    wants: { type: "makeCall", timeoutSeconds: 60, record: false },
    outcomes: [
      [{ type: "callAnswered", id, call }, "answered", call],
      [
        { type: "callAnswered", id, call: { AnsweredBy: "machine_start" } },
        "answeredByMachine",
        { AnsweredBy: "machine_start" },
      ],
      [{ type: "hungUp", call }, "hangup", call],
    ],
  },
  {
    type: "enqueue-call",
    properties: { queue_name: "support", timeout: 60, priority: 2 },
    wants: { type: "enqueue", queueName: "support", workflowSid: null, timeoutSeconds: 60, priority: 2 },
    outcomes: [
      [
        { type: "dequeued", id, outcome: "callComplete", call: { QueueResult: "bridged" } },
        "callComplete",
        { QueueResult: "bridged" },
      ],
      [{ type: "dequeued", id, outcome: "failedToEnqueue", call: {} }, "failedToEnqueue", {}],
      [{ type: "dequeued", id, outcome: "callFailure", call: {} }, "callFailure", {}],
    ],
  },
  {
    type: "record-call",
    properties: { record_call: true, recording_channels: "dual" },
    wants: { type: "recordCall", record: true, channels: "dual", statusCallback: null },
    outcomes: [
      [
        { type: "recordingChanged", id, succeeded: true, recording: { Sid: "RE1" } },
        "success",
        { Sid: "RE1" },
      ],
      [{ type: "recordingChanged", id, succeeded: false, recording: { Sid: "RE1" } }, "failed", {}],
    ],
  },
  {
    type: "record-voicemail",
    properties: { timeout: 4, finish_on_key: "#", max_length: 60, play_beep: "true", transcribe: true },
    wants: {
      type: "recordVoicemail",
      timeoutSeconds: 4,
      finishOnKey: "#",
      maxSeconds: 60,
      transcribe: true,
    },
    outcomes: [
      [
        { type: "recorded", id, call: { RecordingSid: "RE1", Digits: "#" } },
        "recordingComplete",
        { RecordingSid: "RE1", Digits: "#" },
      ],
      [{ type: "timedOut", id }, "noAudio", undefined],
      [
        { type: "hungUp", call: { RecordingSid: "RE1" } },
        "hangup",
        { RecordingSid: "RE1", Digits: "hangup" },
      ],
    ],
  },
  {
    type: "capture-payments",
    properties: { payment_amount: "{{trigger.call.CallSid}}", security_code: false, postal_code: "true" },
    wants: {
      type: "pay",
      amount: "CA1",
      connector: "Default",
      asksSecurityCode: false,
      asksPostalCode: true,
    },
    outcomes: [
      [
        { type: "paid", id, outcome: "success", call: { Result: "success" } },
        "success",
        { Result: "success" },
      ],
      [{ type: "paid", id, outcome: "providerError", call: {} }, "providerError", {}],
      [{ type: "paid", id, outcome: "payInterrupted", call: {} }, "payInterrupted", {}],
      [{ type: "hungUp", call }, "hangup", call],
    ],
  },
  {
    type: "fork-stream",
    properties: {
      stream_action: "start",
      stream_url: "wss://example.com",
      stream_parameters: [{ key: "who", value: "{{contact.channel.address}}" }],
    },
    wants: {
      type: "stream",
      action: "start",
      url: "wss://example.com",
      parameters: { who: "+15550100201" },
    },
    outcomes: [[{ type: "streamChanged", id }, "next", undefined]],
  },
  {
    type: "connect-virtual-agent",
    properties: { connector: "desk" },
    wants: { type: "virtualAgent", connector: "desk" },
    outcomes: [
      [{ type: "agentEnded", id, outcome: "completed", call }, "return", call],
      [{ type: "hungUp", call }, "hangup", call],
    ],
  },
  {
    type: "connect-virtual-agent-v2",
    properties: { channel: "voice", connector_name: "desk", timeout: 30 },
    wants: { type: "virtualAgent", connector: "desk", timeoutSeconds: 30 },
    outcomes: (["completed", "live-agent-handoff", "failed", "paused", "timeout"] as const).map(
      (outcome) => [{ type: "agentEnded", id, outcome, call }, outcome, call] as const,
    ),
  },
  {
    type: "run-conversation-relay",
    properties: { url: "wss://example.com", welcome_greeting: "Hi" },
    wants: { type: "conversationRelay", url: "wss://example.com", welcomeGreeting: "Hi" },
    outcomes: [
      [
        { type: "relayEnded", id, succeeded: true, call: { SessionId: "VX1" } },
        "success",
        { SessionId: "VX1" },
      ],
      [{ type: "relayEnded", id, succeeded: false, call: {} }, "failed", {}],
    ],
  },
];

describe.each(rows)("$type", ({ type, properties, wants, outcomes }) => {
  const events = widgetOfType(type)?.events ?? [];
  const turn = started(flowOf(type, properties, events));

  test(`asks for ${JSON.stringify(wants)}`, () => {
    expect(turn.effects).toEqual([expect.objectContaining({ ...wants, id, state: "it" })]);
  });

  test.each(outcomes)("goes on after %j", (event, by, variables) => {
    const after = advance(flowOf(type, properties, events), turn.execution, event, options);
    expect(left(after)).toEqual([by, variables]);
    expect(after.execution.endedBy).toBe("completed");
  });
});

test.each(["say-play", "gather-input-on-call"])("a hangup during %s is ignored with 81002", (type) => {
  const definition = flowOf(type, { say: "Hello" }, widgetOfType(type)?.events ?? []);
  const turn = started(definition);
  const after = advance(definition, turn.execution, { type: "hungUp", call }, options);
  expect(after.effects).toEqual([expect.objectContaining({ type: "warn", code: 81002 })]);
  expect(after.execution).toEqual(turn.execution);
});

test("a hangup while a call is connected goes nowhere when the Flow has no such transition", () => {
  const definition = flowOf("connect-call-to", { noun: "number", to: "+15550100301" }, ["callCompleted"]);
  const after = advance(definition, started(definition).execution, { type: "hungUp", call }, options);
  expect(after.effects).toEqual([expect.objectContaining({ type: "warn", code: 81002 })]);
});

test("a call that cannot be made is error 81008", () => {
  const definition = flowOf("make-outgoing-call-v2", { from: "+15550100001", to: "nobody" }, ["failed"]);
  const event = { type: "callNotAnswered", id, outcome: "failed", call } as const;
  const { effects } = advance(definition, started(definition).execution, event, options);
  expect(effects[0]).toMatchObject({ type: "warn", code: 81008 });
});

describe("a Function that answers TwiML", () => {
  const twiml = "<Response><Say>Goodbye</Say></Response>";
  const definition = flowOf("run-function", { url: "https://example.com/answer" }, ["success", "fail"]);
  const xml = { status: 200, contentType: "text/xml; charset=utf-8", body: twiml, headers: {} };

  test("has the call from then on", () => {
    const { execution } = started(definition);
    const turn = advance(definition, execution, { type: "answered", id, response: xml }, options);
    expect(turn.effects).toEqual([{ type: "giveUpCall", id, state: "it", twiml }]);
    expect(turn.execution).toMatchObject({ status: "active", waiting: { type: "giveUpCall" } });
  });

  test("has answered as any other where there is no call", () => {
    const { execution } = started(definition);
    const without: Execution = { ...execution, trigger: "incomingMessage" };
    const turn = advance(definition, without, { type: "answered", id, response: xml }, options);
    expect(left(turn)).toEqual(["success", expect.objectContaining({ body: twiml })]);
  });
});

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
      "should be valid to no more than one of the schemas say, play",
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

  test("I19: Gather Input on Call asks for neither Say nor Play", () => {
    const schema = widgetOfType("gather-input-on-call")?.properties;
    if (schema === undefined) throw new Error("there is no such widget");
    expect(propertyProblems(schema, {})).toEqual([]);
    expect(propertyProblems(schema, { timeout: 5 })).toEqual([]);
  });
});
