import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FlowDefinition, JsonObject, State } from "@support-line/studio";
import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { deploy } from "../testing/deploy.ts";
import { clientOf } from "../testing/client.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";
import {
  answer,
  hangUp,
  ofHandset,
  press,
  say,
  see,
  spoken,
  callIn,
  type SeenCall,
} from "./testing/phone.ts";

const caller = "+15550100201";
const friend = "+15550100301";
const line = "+15550100001";

let folder: string;
let local: TestTwilio;
let client: Client;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "local-twilio-"));
  local = await startForTest({ folder });
  client = clientOf(local);
});
afterEach(async () => {
  await local[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function widget(
  name: string,
  type: string,
  properties: JsonObject,
  next: Readonly<Record<string, string>>,
): State {
  const transitions = Object.entries(next).map(([event, to]) => ({ event, next: to }));
  return { name, type, properties, transitions };
}

function flowOf(...states: State[]): FlowDefinition {
  const first = states[0]?.name ?? "";
  const trigger = widget("Trigger", "trigger", {}, { incomingCall: first, incomingRequest: first });
  return { initial_state: "Trigger", states: [trigger, ...states] };
}

/** A published Flow that answers the line. */
async function connect(definition: FlowDefinition): Promise<string> {
  const flow = await client.studio.v2.flows.create({
    friendlyName: "voice",
    status: "published",
    definition,
  });
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  await client.incomingPhoneNumbers(number?.sid ?? "").update({ voiceUrl: flow.webhookUrl });
  return flow.sid;
}

/** The widgets that an Execution went through, in order. */
async function path(flowSid: string, call: SeenCall): Promise<string[]> {
  const steps = await client.studio.v2
    .flows(flowSid)
    .executions(call.executionSid ?? "")
    .steps.list();
  return steps.reverse().map(({ transitionedTo }) => transitionedTo);
}

const executions = async (flowSid: string) => client.studio.v2.flows(flowSid).executions.list();

const menu = flowOf(
  widget(
    "menu",
    "gather-input-on-call",
    { say: "Press 1 or say what you want", timeout: 5, finish_on_key: "#", stop_gather: true },
    { keypress: "pressed", speech: "said", timeout: "bye" },
  ),
  widget("pressed", "say-play", { say: "You pressed {{widgets.menu.Digits}}" }, { audioComplete: "" }),
  widget("said", "say-play", { say: "You said {{widgets.menu.SpeechResult}}" }, { audioComplete: "" }),
  widget("bye", "say-play", { say: "Bye {{trigger.call.From}}" }, { audioComplete: "" }),
);

test("keys, words and silence lead on; the end of the Flow is the end of the call", async () => {
  const flowSid = await connect(menu);
  const keyed = await callIn(local, caller, line);
  expect(keyed).toMatchObject({ status: "in-progress", asks: { type: "gather", widget: "menu" } });
  await press(local, keyed, "12");
  expect((await see(local, keyed)).asks).toMatchObject({ type: "gather" });
  await press(local, keyed, "#");
  expect(await see(local, keyed)).toMatchObject({ status: "completed", asks: null });
  expect(spoken(await see(local, keyed))).toEqual(["Press 1 or say what you want", "You pressed 12"]);
  expect(await path(flowSid, keyed)).toEqual(["menu", "pressed", "Ended"]);

  const talked = await callIn(local, caller, line);
  await say(local, talked, "a refund");
  expect(spoken(await see(local, talked))).toContain("You said a refund");

  const silent = await callIn(local, caller, line);
  await local.control("POST", "clock/advance", { seconds: 5 });
  expect(spoken(await see(local, silent))).toContain(`Bye ${caller}`);
});

test("some keys and then silence are keys", async () => {
  await connect(menu);
  const call = await callIn(local, caller, line);
  await press(local, call, "7");
  await local.control("POST", "clock/advance", { seconds: 5 });
  expect(spoken(await see(local, call))).toContain("You pressed 7");
});

test("a caller who hangs up ends the Execution, and 81002 says that nobody waited for it", async () => {
  const flowSid = await connect(menu);
  const call = await callIn(local, caller, line);
  await hangUp(local, call);
  expect((await executions(flowSid)).map(({ status }) => status)).toEqual(["ended"]);
  const { body } = await local.control("GET", "events");
  expect(JSON.stringify(body)).toContain("81002");
});

describe("a Flow that is over before anything was said ends the call", () => {
  const [trigger] = menu.states;
  test.each<[string, FlowDefinition]>([
    [
      "it takes no calls",
      {
        ...menu,
        states: menu.states.map((s) =>
          s === trigger ? { ...s, transitions: [{ event: "incomingCall" }] } : s,
        ),
      },
    ],
    ["it only thinks", flowOf(widget("think", "set-variables", { variables: [] }, { next: "" }))],
    [
      "it waits for a server first",
      flowOf(
        widget(
          "ask",
          "make-http-request",
          { method: "GET", url: "http://localhost:1/", content_type: "application/json" },
          { success: "", failed: "" },
        ),
      ),
    ],
    ["a widget of it cannot be run", flowOf(widget("later", "widget-of-tomorrow", {}, {}))],
  ])("%s", async (_, definition) => {
    const flowSid = await connect(definition);
    const call = await callIn(local, caller, line);
    expect(call).toMatchObject({ status: "completed", asks: null });
    expect((await executions(flowSid)).map(({ sid, status }) => [sid, status])).toEqual([
      [call.executionSid, "ended"],
    ]);
  });
});

test("the calls stand in the Calls resource as Twilio's client reads it", async () => {
  await connect(menu);
  const call = await callIn(local, caller, line);
  await local.control("POST", "clock/advance", { seconds: 3 });
  await press(local, call, "1#");
  const [listed] = await client.calls.list({ from: caller, status: "completed" });
  expect(listed).toMatchObject({ sid: call.sid, to: line, direction: "inbound", duration: "3" });
  expect(await client.calls(call.sid).fetch()).toMatchObject({ status: "completed" });
  expect(await client.calls.list({ to: friend })).toEqual([]);
});

test("Status=completed hangs up", async () => {
  const flowSid = await connect(menu);
  const call = await callIn(local, caller, line);
  await client.calls(call.sid).update({ status: "completed" });
  expect((await see(local, call)).status).toBe("completed");
  expect((await executions(flowSid)).map(({ status }) => status)).toEqual(["ended"]);
});

test("a call goes on after a restart, and so does its time-out", async () => {
  await connect(menu);
  const call = await callIn(local, caller, line);
  await press(local, call, "4");
  await local.close();
  local = await startForTest({ folder });
  await press(local, call, "2");
  await local.control("POST", "clock/advance", { seconds: 5 });
  expect(spoken(await see(local, call))).toContain("You pressed 42");
});

const ringing = flowOf(
  widget(
    "ring",
    "make-outgoing-call-v2",
    { from: "{{flow.channel.address}}", to: "{{contact.channel.address}}", timeout: 20 },
    { answered: "hello", busy: "tell", noAnswer: "tell", failed: "tell" },
  ),
  widget("hello", "say-play", { say: "Hello from {{widgets.ring.CallSid}}" }, { audioComplete: "" }),
  widget(
    "tell",
    "set-variables",
    { variables: [{ key: "status", value: "{{widgets.ring.CallStatus}}" }] },
    { next: "" },
  ),
);

async function request(flowSid: string, to: string): Promise<string> {
  const execution = await client.studio.v2.flows(flowSid).executions.create({ to, from: line });
  await local.twilio.idle();
  return execution.sid;
}

async function variable(flowSid: string, sid: string): Promise<unknown> {
  const fetched = await client.studio.v2.flows(flowSid).executions(sid).executionContext().fetch();
  const context = fetched.context as { flow: { variables: JsonObject } };
  return context.flow.variables["status"];
}

test("an Execution calls a handset: somebody answers", async () => {
  const flowSid = await connect(ringing);
  await request(flowSid, caller);
  const [call] = await ofHandset(local, caller);
  if (!call) throw new Error("no call came");
  expect(call).toMatchObject({ status: "ringing", direction: "outbound-api", from: line });
  await answer(local, call);
  expect(spoken(await see(local, call))).toEqual([`Hello from ${call.sid}`]);
  expect((await see(local, call)).status).toBe("completed");
});

test.each([
  ["busy", "busy"],
  ["noAnswer", "no-answer"],
  ["failed", "failed"],
])("a handset that is told to be %s leaves %s", async (mode, status) => {
  const flowSid = await connect(ringing);
  await local.control("POST", `handsets/${encodeURIComponent(caller)}/answering`, { mode });
  const sid = await request(flowSid, caller);
  expect(await variable(flowSid, sid)).toBe(status);
});

test("a handset that nobody answers rings as long as the widget says", async () => {
  const flowSid = await connect(ringing);
  const sid = await request(flowSid, caller);
  await local.control("POST", "clock/advance", { seconds: 20 });
  expect(await variable(flowSid, sid)).toBe("no-answer");
  expect((await ofHandset(local, caller))[0]?.status).toBe("no-answer");
});

const connecting = flowOf(
  widget(
    "connect",
    "connect-call-to",
    { noun: "number", to: friend, timeout: 15, caller_id: "{{contact.channel.address}}" },
    { callCompleted: "after", hangup: "gone" },
  ),
  widget("after", "say-play", { say: "It was {{widgets.connect.DialCallStatus}}" }, { audioComplete: "" }),
  widget("gone", "set-variables", { variables: [{ key: "status", value: "gone" }] }, { next: "" }),
);

test("two handsets are connected and hear one another", async () => {
  await connect(connecting);
  const call = await callIn(local, caller, line);
  const [leg] = await ofHandset(local, friend);
  if (!leg) throw new Error("nobody was rung");
  expect(leg).toMatchObject({ status: "ringing", from: caller, parentSid: call.sid });
  await answer(local, leg);
  await say(local, call, "Are you there?");
  await say(local, leg, "I am");
  expect(spoken(await see(local, leg))).toEqual(["Are you there?", "I am"]);
  await hangUp(local, leg);
  expect(spoken(await see(local, call)).at(-1)).toBe("It was completed");
});

test("the other end does not answer", async () => {
  await connect(connecting);
  const call = await callIn(local, caller, line);
  await local.control("POST", "clock/advance", { seconds: 15 });
  expect(spoken(await see(local, call)).at(-1)).toBe("It was no-answer");
});

test("the caller hangs up while it rings: the Flow goes on by hangup, and it rings no more", async () => {
  const flowSid = await connect(connecting);
  const call = await callIn(local, caller, line);
  await hangUp(local, call);
  expect((await ofHandset(local, friend))[0]?.status).toBe("canceled");
  expect(await variable(flowSid, call.executionSid ?? "")).toBe("gone");
});

test("a call waits in a queue until somebody takes it", async () => {
  await connect(
    flowOf(
      widget(
        "wait",
        "enqueue-call",
        { queue_name: "support" },
        { callComplete: "thanks", failedToEnqueue: "" },
      ),
      widget("thanks", "say-play", { say: "{{widgets.wait.QueueResult}}" }, { audioComplete: "" }),
    ),
  );
  const call = await callIn(local, caller, line);
  expect((await see(local, call)).asks).toMatchObject({ type: "enqueue" });
  const { body } = await local.control("POST", `calls/${call.sid}/take`, { handset: friend });
  const leg = body as unknown as SeenCall;
  await say(local, leg, "What can I do?");
  await hangUp(local, leg);
  expect(spoken(await see(local, call))).toEqual(["What can I do?", "bridged"]);
});

const voicemail = flowOf(
  widget(
    "record",
    "record-voicemail",
    { timeout: 5, finish_on_key: "#", play_beep: "true" },
    { recordingComplete: "thanks", noAudio: "nothing", hangup: "kept" },
  ),
  widget(
    "thanks",
    "say-play",
    { say: "Thanks: {{widgets.record.TranscriptionText}}" },
    { audioComplete: "" },
  ),
  widget("nothing", "say-play", { say: "I heard nothing" }, { audioComplete: "" }),
  widget(
    "kept",
    "set-variables",
    { variables: [{ key: "status", value: "{{widgets.record.TranscriptionText}}" }] },
    { next: "" },
  ),
);

test("a voicemail is what is spoken, until a key, silence or a hangup", async () => {
  const flowSid = await connect(voicemail);
  const keyed = await callIn(local, caller, line);
  await say(local, keyed, "Call me back");
  await press(local, keyed, "#");
  expect(spoken(await see(local, keyed)).at(-1)).toBe("Thanks: Call me back");

  const silent = await callIn(local, caller, line);
  await local.control("POST", "clock/advance", { seconds: 5 });
  expect(spoken(await see(local, silent))).toEqual(["I heard nothing"]);

  const gone = await callIn(local, caller, line);
  await say(local, gone, "Never mind");
  await hangUp(local, gone);
  expect(await variable(flowSid, gone.executionSid ?? "")).toBe("Never mind");
});

test("a Function that answers TwiML has the call from then on", async () => {
  const { domain } = await deploy(local, "calls", [
    {
      path: "/goodbye",
      source:
        "exports.handler = (context, event, callback) => { const twiml = new Twilio.twiml.VoiceResponse(); twiml.say('Goodbye'); callback(null, twiml); };",
    },
  ]);
  const flowSid = await connect(
    flowOf(
      widget(
        "ask",
        "run-function",
        { url: `https://${domain}/goodbye` },
        { success: "never", fail: "never" },
      ),
      widget("never", "say-play", { say: "Never" }, { audioComplete: "" }),
    ),
  );
  const call = await callIn(local, caller, line);
  expect(spoken(await see(local, call))).toEqual(["Goodbye"]);
  expect((await see(local, call)).status).toBe("completed");
  expect((await executions(flowSid)).map(({ status }) => status)).toEqual(["ended"]);
});

test("a number without a voice URL hangs up and says so", async () => {
  const call = await callIn(local, caller, line);
  expect(call.status).toBe("completed");
  expect(call.lines.at(-1)?.text).toContain("has no voice URL");
});

test("what control refuses names the thing and the way out", async () => {
  const missing = await local.control("POST", "calls/CA0/keys", { keys: "1" });
  expect([missing.status, JSON.stringify(missing.body)]).toEqual([404, expect.stringContaining("CA0")]);
  const wrong = await local.control("POST", "calls/CA0/keys", { keys: "one" });
  expect([wrong.status, JSON.stringify(wrong.body)]).toEqual([400, expect.stringContaining("0 to 9")]);
  const nobody = await local.control("POST", `handsets/${encodeURIComponent(caller)}/calls`, { to: friend });
  expect(nobody.status).toBe(400);
});
