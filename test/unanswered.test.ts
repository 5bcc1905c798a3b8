/**
 * No Flow that we ship pesters anybody: on every path, whatever each Function answers or fails with, whatever becomes of
 * each message and however many days pass, only a few messages go out between one answer and the next.
 */
import {
  advance,
  type EngineEvent,
  type Execution,
  type FlowDefinition,
  type State,
  type Turn,
} from "@support-line/studio";
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** As many messages as a customer may read in a row without having written: four, and the one that says it is over. */
const mostInARow = 5;

const json = (value: unknown, status = 200): EngineEvent => ({
  type: "answered",
  id: "",
  response: { status, contentType: "application/json", body: JSON.stringify(value), headers: {} },
});
/** A Function that is missing, broken, one of too many, or not back in time. */
const failures: readonly EngineEvent[] = [
  ...[404, 500, 429].map((status) => json({}, status)),
  { type: "answered", id: "", response: null },
];
const agentStates = ["nobody", "waiting", "silent", "given", "answered"];

/** What each Function may answer when it does: all that the Flows read of it, each time. */
const answersOf: Readonly<Record<string, readonly unknown[]>> = {
  "check-hours": [
    { open: true, opens: "" },
    { open: false, opens: "tomorrow", seconds: 60 },
  ],
  "find-agent": [{ state: "added" }, { state: "handed-over" }, { state: "none" }, { state: "present" }],
  "replace-agent": [{ state: "added" }, { state: "none" }],
  "check-agent": agentStates.flatMap((state) =>
    ["hello", "support", "done", "close", "english"].map((said) => ({ state, said, seconds: 60 })),
  ),
  "remove-support-agent": [{ removed: true }, { removed: false }],
  "choose-language": [{ language: "en" }],
};

const words = ["hello", "support", "billing", "done", "close", "english"];
const starts = words.flatMap((Body) =>
  ["0", "1", undefined].map((Index): EngineEvent => ({
    type: "started",
    trigger: "incomingConversationMessage",
    start: {
      executionSid: "FN1",
      flowSid: "FW1",
      channelAddress: "CH1",
      contactAddress: "+15550100201",
      trigger: {
        conversation: {
          Body,
          Author: "+15550100201",
          ConversationSid: "CH1",
          ...(Index === undefined ? {} : { Index }),
        },
      },
    },
  })),
);

const reply = { Body: "hello", Author: "+15550100201", ConversationSid: "CH1", Index: "2" };

/** Everything that can happen to an Execution that waits; `isAnswer` where somebody wrote. */
function movesFrom({ execution, effects }: Turn): { event: EngineEvent; isAnswer: boolean }[] {
  const wanted = effects.find((effect) => "id" in effect && effect.id === execution.waiting?.effect);
  if (wanted === undefined || !("id" in wanted)) return [];
  const { id, type } = wanted;
  const unanswered = (...events: EngineEvent[]) =>
    events.map((event) => ({ event: { ...event, id } as EngineEvent, isAnswer: false }));
  const error = { code: 30008, message: "lost" };
  switch (type) {
    case "runFunction": {
      const path = wanted.url.replace(/.*\//, "");
      return unanswered(...failures, ...(answersOf[path] ?? [{}]).map((value) => json(value)));
    }
    case "sendMessage":
      return unanswered({ type: "messageSent", id, message: {} }, { type: "messageFailed", id, error });
    case "waitForReply":
      return [
        ...unanswered({ type: "timedOut", id }, { type: "messageFailed", id, error }),
        // What was written is what check-agent says of it.
        { event: { type: "replied", message: reply, conversation: reply }, isAnswer: true },
      ];
    case "sendToFlex":
      return unanswered(
        ...(["callComplete", "failedToEnqueue", "callFailure"] as const).map((outcome): EngineEvent => ({
          type: "handedOver",
          id,
          outcome,
          variables: {},
          reason: "",
        })),
      );
    default:
      throw new Error(`this test does not know what can become of ${type}`);
  }
}

/** An Execution after some events, and how it came there. */
interface Moment {
  readonly turn: Turn;
  /** Messages since somebody wrote last. */
  readonly inARow: number;
  readonly before: Moment | undefined;
}

/** Goes every path, and answers the most messages in a row with the path to them; stops where they are more than `most`. */
function mostMessages(definition: FlowDefinition, most: number) {
  const decisive = decisiveAfter(definition);
  const known = new Map<string, number>();
  const sending = new Set<string>();
  const after = (execution: Execution | null, event: EngineEvent, isAnswer: boolean, before?: Moment) => {
    const turn = advance(definition, execution, event, { now: 0 });
    const sent = turn.effects.flatMap((effect) => (effect.type === "sendMessage" ? [effect.state] : []));
    for (const name of sent) sending.add(name);
    return { turn, inARow: (isAnswer ? 0 : (before?.inARow ?? 0)) + sent.length, before };
  };
  const moments: Moment[] = starts.map((event) => after(null, event, true));
  let worst = moments[0];
  for (const moment of moments) {
    const { turn, inARow } = moment;
    const key = keyOf(turn.execution, decisive);
    if ((known.get(key) ?? -1) >= inARow) continue;
    known.set(key, inARow);
    if (inARow > (worst?.inARow ?? 0)) worst = moment;
    if (inARow > most) break;
    if (turn.execution.status !== "active") continue;
    for (const { event, isAnswer } of movesFrom(turn)) {
      moments.push(after(turn.execution, event, isAnswer, moment));
    }
  }
  return { inARow: worst?.inARow ?? 0, path: pathTo(worst), sending };
}

type Reads = ReadonlySet<string>;

/**
 * By widget, the variables that decide where an Execution goes after it: two that wait there and have these alike go on
 * alike. What a Function answered stays until it answers again, so a failure takes nothing away.
 */
function decisiveAfter({ states }: FlowDefinition): ReadonlyMap<string, Reads> {
  const after = new Map<string, Set<string>>(states.map(({ name }) => [name, new Set()]));
  const before = ({ name, type, properties }: State): Reads => {
    const later = after.get(name) ?? new Set();
    if (type === "split-based-on") return new Set([...later, ...variablesIn(properties)]);
    if (type !== "set-variables") return later;
    const set = (properties as { variables: { key: string; value: string }[] }).variables;
    const valueOf = new Map(set.map(({ key, value }) => [`flow.variables.${key}`, value]));
    return new Set([...later].flatMap((each) => variablesIn(valueOf.get(each) ?? each)));
  };
  const sizeOf = () => [...after.values()].reduce((sum, { size }) => sum + size, 0);
  for (let size = -1; size !== sizeOf();) {
    size = sizeOf();
    for (const { name, type, transitions } of states) {
      for (const { event, next } of transitions) {
        const to = states.find((each) => each.name === next);
        const isAnswered = type === "run-function" && event === "success";
        for (const each of to === undefined ? [] : before(to)) {
          if (!(isAnswered && each.startsWith(`widgets.${name}.`))) after.get(name)?.add(each);
        }
      }
    }
  }
  return after;
}

/** Every variable that something names. */
function variablesIn(value: unknown): string[] {
  return JSON.stringify(value).match(/\b(widgets|flow\.variables|trigger\.conversation)\.[\w.-]+/g) ?? [];
}

function keyOf({ status, state, waiting, context }: Execution, decisive: ReadonlyMap<string, Reads>): string {
  const valueAt = (name: string) =>
    name
      .split(".")
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], context);
  const decides = [...(decisive.get(state) ?? [])].map((name) => [name, valueAt(name)]);
  return JSON.stringify([status, state, waiting?.type, decides]);
}

/** The widgets in which an Execution waited on its way, each with the messages in a row by then. */
function pathTo(last: Moment | undefined): string {
  const path: string[] = [];
  for (let at = last; at !== undefined; at = at.before) {
    path.unshift(`${at.turn.execution.state} (${at.inARow})`);
  }
  return path.join(", ");
}

const templateOf = (name: string) =>
  JSON.parse(readFileSync(`flow-templates/${name}.json`, "utf8")) as FlowDefinition;

const ours = ["support", "desk", "flex"].filter((name) => existsSync(`flow-templates/${name}.json`));

test.each(ours)("%s: a few messages in a row at most, on every path", (name) => {
  const definition = templateOf(name);
  const { inARow, path, sending } = mostMessages(definition, mostInARow);
  expect(inARow, path).toBeLessThanOrEqual(mostInARow);
  const senders = definition.states.filter(({ type }) => type.startsWith("send-")).map((state) => state.name);
  expect([...sending].toSorted()).toEqual(senders.filter((each) => each !== "hand-over").toSorted());
});

test("a Flow that asks again for ever is found, with the path", () => {
  const url = "https://example.com/check-hours";
  const pesters: FlowDefinition = {
    initial_state: "Trigger",
    states: [
      {
        name: "Trigger",
        type: "trigger",
        properties: {},
        transitions: [{ event: "incomingConversationMessage", next: "check" }],
      },
      {
        name: "check",
        type: "run-function",
        properties: { url },
        transitions: [{ event: "success" }, { event: "fail", next: "moment" }],
      },
      {
        name: "moment",
        type: "send-and-wait-for-reply",
        properties: { body: "One moment, please.", timeout: "10" },
        transitions: [
          { event: "incomingMessage" },
          { event: "timeout", next: "check" },
          { event: "deliveryFailure" },
        ],
      },
    ],
  };
  const { inARow, path } = mostMessages(pesters, mostInARow);
  expect(inARow).toBe(mostInARow + 1);
  expect(path).toContain("check (1), moment (2)");
});
