/**
 * What Flows cost without anything around them: widget steps in the engine, check, diff and layout of large Flows, an
 * Execution that waits, conversation tests. All of it on one core.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  advance,
  diff,
  validate,
  type EngineEvent,
  type Execution,
  type FlowDefinition,
  type State,
  type Turn,
} from "@support-line/studio";
import { engineAlone } from "@support-line/conversation-test/engine";
import { play } from "@support-line/conversation-test/play";
import { advise } from "@support-line/studio/advice";
import { layout } from "@support-line/studio/draw";
import { percentile, type Measure, type Row } from "./harness/row.ts";
import { root } from "./harness/stage.ts";

const now = Date.UTC(2026, 0, 31, 12);
const counts = { steps: 50_000, executions: 5_000, conversations: 1_000, repeats: 9 };
/** Widgets of a Flow, and what its check, its diff and its layout may take each, in ms: in proportion. */
const sizes = [
  { widgets: 130, atMost: 50 },
  { widgets: 1000, atMost: (50 * 1000) / 130 },
] as const;

const support = JSON.parse(readFileSync(join(root, "flow-templates/support.json"), "utf8")) as FlowDefinition;

export const measure: Measure = async (progress) => {
  progress("widget steps");
  const rows: Row[] = [engineSteps()];
  for (const size of sizes) {
    progress(`${size.widgets} widgets`);
    rows.push(...ofSize(size));
  }
  progress("waiting Executions");
  rows.push(waitingMemory());
  progress("conversation tests");
  rows.push(directConversations(), await conversationTests());
  return rows;
};

/** Somebody writes; what the Flow then asks of its host is answered as a real one would. */
function converse(definition: FlowDefinition, body: string, answer = '{"ok":true}'): Turn[] {
  const turns = [advance(definition, null, incoming(body), { now })];
  for (let turn = turns.at(-1); turn?.execution.waiting; turn = turns.at(-1)) {
    const next = advance(definition, turn.execution, answerTo(turn.execution, answer), { now });
    turns.push(next);
    if (next.execution.waiting?.type === "waitForReply") break;
  }
  return turns;
}

function incoming(body: string): EngineEvent {
  return {
    type: "started",
    trigger: "incomingConversationMessage",
    start: {
      executionSid: "FN00000000000000000000000000000000",
      flowSid: "FW00000000000000000000000000000000",
      channelAddress: "+15550100001",
      contactAddress: "+15550100201",
      trigger: {
        conversation: {
          Body: body,
          Author: "+15550100201",
          ConversationSid: "CH00000000000000000000000000000000",
          Index: "0",
        },
      },
    },
  };
}

function answerTo({ waiting }: Execution, body: string): EngineEvent {
  const id = waiting?.effect ?? "";
  if (waiting?.type === "sendMessage") {
    return { type: "messageSent", id, message: { Sid: "IM00000000000000000000000000000000" } };
  }
  return {
    type: "answered",
    id,
    response: { status: 200, contentType: "application/json", body, headers: {} },
  };
}

/** The support Flow again and again, each step with its trace and its Liquid. */
function engineSteps(): Row {
  const run = (least: number) => {
    let steps = 0;
    while (steps < least) {
      const turns = converse(support, "support");
      steps += turns.flatMap(({ trace }) => trace.filter(({ continued }) => !continued)).length;
    }
    return steps;
  };
  run(counts.steps / 5);
  const begin = performance.now();
  const steps = run(counts.steps);
  const seconds = (performance.now() - begin) / 1000;
  return {
    what: "50,000 widget steps, traced, with Liquid",
    value: (seconds * counts.steps) / steps,
    unit: "s",
    atMost: 1,
  };
}

function ofSize({ widgets, atMost }: (typeof sizes)[number]): Row[] {
  const definition = ofWidgets(widgets);
  const edited = { ...definition, states: definition.states.map(withEdit) };
  const row = (what: string, work: () => unknown): Row => {
    const samples = Array.from({ length: counts.repeats }, () => {
      // A Flow is checked and compared once as a rule: what was worked out of it must not be kept from round to round.
      const begin = performance.now();
      work();
      return performance.now() - begin;
    });
    return { what: `${what}, ${widgets} widgets`, value: percentile(samples, 0.5), unit: "ms", atMost };
  };
  return [
    row("check", () => validate(structuredClone(definition))),
    row("advice", () => advise(structuredClone(definition))),
    row("diff with an edited copy", () => diff(definition, edited)),
    row("layout", () => layout(definition)),
  ];
}

/** The support Flow as often as it takes, one behind the other: the end of each leads to the first split of the next. */
function ofWidgets(count: number): FlowDefinition {
  const [trigger, ...own] = support.states;
  const states: State[] = [];
  for (let copy = 0; states.length < count - 1; copy++) {
    const named = (name: string, at = copy) => `${name}-${at}`;
    for (const state of own) {
      const transitions = state.transitions.map((transition) => {
        const { next } = transition;
        if (typeof next === "string") return { ...transition, next: named(next) };
        const isLast = state.name === "start-conversation" && transition.event === "success";
        return isLast ? { ...transition, next: named("check-support", copy + 1) } : transition;
      });
      states.push({ ...state, name: named(state.name), transitions });
    }
  }
  const kept = states.slice(0, count - 1);
  const names = new Set(kept.map(({ name }) => name));
  const whole = kept.map((state) => ({
    ...state,
    transitions: state.transitions.map((each) =>
      each.next && names.has(each.next) ? each : { ...each, next: null },
    ),
  }));
  const first =
    trigger?.transitions.map((each) => (each.next ? { ...each, next: `${each.next}-0` } : each)) ?? [];
  return {
    ...support,
    states: [...(trigger === undefined ? [] : [{ ...trigger, transitions: first }]), ...whole],
  };
}

/** Every tenth widget says or does something else. */
function withEdit(state: State, at: number): State {
  return at % 10 === 5 ? { ...state, properties: { ...state.properties, body: `Edited ${at}` } } : state;
}

/** A Flow that asks and waits, held as a host holds it: the Execution and no more. */
function waitingMemory(): Row {
  const ask: State = {
    name: "ask",
    type: "send-and-wait-for-reply",
    properties: { body: "What can we do for you?", from: "{{flow.channel.address}}", timeout: "3600" },
    transitions: [{ event: "incomingMessage" }, { event: "timeout" }, { event: "deliveryFailure" }],
  };
  const [trigger] = support.states;
  const asking: FlowDefinition = {
    ...support,
    states: [
      ...(trigger === undefined ? [] : [trigger]).map((state) => ({
        ...state,
        transitions: state.transitions.map((each) => (each.next ? { ...each, next: "ask" } : each)),
      })),
      ask,
    ],
  };
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const wait = () => converse(asking, "hello").at(-1)?.execution;
  wait();
  collect();
  const before = process.memoryUsage().heapUsed;
  const waiting = Array.from({ length: counts.executions }, wait);
  collect();
  const bytes = process.memoryUsage().heapUsed - before;
  assert.equal(waiting.at(-1)?.waiting?.type, "waitForReply");
  const megabytes = ((bytes / waiting.length) * 1000) / 1e6;
  return { what: "1,000 Executions that wait for a reply", value: megabytes, unit: "MB", atMost: 20 };
}

/** Conversation tests as people write them, on a local Twilio in this process. */
async function conversationTests(): Promise<Row> {
  const world = engineAlone({
    flow: "support",
    definition: support,
    functions: {
      "start-conversation": "Success",
      "add-support-agent": ({ conversation }) => {
        conversation.add("agent");
        return "Success";
      },
      "remove-support-agent": ({ conversation }) => ({ removed: conversation.remove("agent") }),
    },
  });
  const begin = performance.now();
  for (let test = 0; test < counts.conversations; test++) {
    await play(world, async ({ customer, agent, everyone }) => {
      await customer.says("support");
      await everyone.hears("Added support agent");
      await customer.says("hello");
      await agent.hears("hello");
      await agent.says("done");
      await customer.hears("done", "The support agent has left the conversation.");
    });
  }
  const seconds = (performance.now() - begin) / 1000;
  return {
    what: "1,000 conversation tests of the support Flow, three messages each",
    value: seconds,
    unit: "s",
    atMost: 15,
  };
}

/** The same without people and transcripts: what the Function answers, what is sent. */
function directConversations(): Row {
  const script = [
    { says: "support", answer: '{"added":true}', hears: "Added support agent" },
    { says: "hello", answer: "{}", hears: undefined },
    { says: "done", answer: '{"removed":true}', hears: "The support agent has left the conversation." },
  ];
  const begin = performance.now();
  for (let test = 0; test < counts.conversations; test++) {
    for (const { says, answer, hears } of script) {
      const turns = converse(support, says, answer);
      const sent = turns.flatMap(({ effects }) =>
        effects.flatMap((effect) => (effect.type === "sendMessage" ? [effect.body] : [])),
      );
      assert.deepEqual(sent, hears === undefined ? [] : [hears]);
      assert.equal(turns.at(-1)?.execution.status, "ended");
    }
  }
  const seconds = (performance.now() - begin) / 1000;
  return {
    what: "1,000 such conversations on the bare engine",
    value: seconds,
    unit: "s",
  };
}
