/** What holds of every valid Flow and whatever happens to it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { advance, type EngineOptions } from "./engine.ts";
import { predicates } from "./predicates.ts";
import type {
  EngineEvent,
  Execution,
  FlowDefinition,
  HttpResult,
  JsonObject,
  State,
  StepTrace,
} from "./types.ts";
import { validate } from "./validate.ts";

const now = Date.UTC(2026, 0, 31, 12);
const names = [
  "ask",
  "tell",
  "split",
  "set",
  "call",
  "fetch",
  "flex",
  "away",
  "open",
  "resume",
  "sub",
  "old",
];

/** Texts as people write them into widgets, sound and broken. */
const text = fc.oneof(
  fc.constantFrom(
    "hello",
    "",
    "{{trigger.conversation.Body}}",
    "{{widgets.ask.inbound.Body | downcase | strip}}",
    "{{widgets.call.parsed.items[0].name}}",
    "{{flow.variables.a | plus: 1}}",
    "{{widgets | to_json}}",
    "{% for w in widgets %}{{w}}{% for v in flow %}{{v}}{% endfor %}{% endfor %}",
    "{% if trigger %}x",
    "{{ a | shout }}",
    "{% increment flow %}",
    "(a*)*b",
  ),
  fc.string({ maxLength: 12 }),
);
const next = fc.option(fc.constantFrom(...names), { nil: null });
const leadsTo = (...events: string[]) =>
  fc.tuple(...events.map((event) => next.map((to) => ({ event, next: to }))));
const condition = fc.record({
  friendly_name: fc.constantFrom("A", "B"),
  arguments: fc.array(text, { minLength: 1, maxLength: 2 }),
  type: fc.constantFrom(...Object.keys(predicates)),
  value: text,
});
const match = fc.record({
  event: fc.constant("match"),
  next,
  conditions: fc.array(condition, { minLength: 1, maxLength: 2 }),
});
const pairs = fc.array(fc.record({ key: fc.constantFrom("a", "b", "__proto__"), value: text }), {
  maxLength: 3,
});

function state(
  name: string,
  type: string,
  properties: fc.Arbitrary<JsonObject>,
  transitions: fc.Arbitrary<State["transitions"]>,
): fc.Arbitrary<State> {
  return fc.record({ name: fc.constant(name), type: fc.constant(type), properties, transitions });
}

const flow: fc.Arbitrary<FlowDefinition> = fc
  .tuple(
    state("Trigger", "trigger", fc.constant({}), leadsTo("incomingRequest", "incomingParent")),
    state(
      "ask",
      "send-and-wait-for-reply",
      fc.record({ from: text, body: text, timeout: fc.constantFrom("3600", "{{flow.variables.a}}", "0") }),
      leadsTo("incomingMessage", "timeout", "deliveryFailure"),
    ),
    state("tell", "send-message", fc.record({ from: text, to: text, body: text }), leadsTo("sent", "failed")),
    state(
      "split",
      "split-based-on",
      fc.record({ input: text }),
      fc
        .tuple(leadsTo("noMatch"), fc.array(match, { maxLength: 3 }))
        .map(([none, matches]) => [...none, ...matches]),
    ),
    state("set", "set-variables", fc.record({ variables: pairs }), leadsTo("next")),
    state("call", "run-function", fc.record({ url: text, parameters: pairs }), leadsTo("success", "fail")),
    state(
      "fetch",
      "make-http-request",
      fc.record({ url: text, method: fc.constantFrom("GET", "POST"), body: text, parameters: pairs }),
      leadsTo("success", "failed"),
    ),
    state(
      "flex",
      "send-to-flex",
      fc.record({
        workflow: text,
        channel: text,
        attributes: fc.oneof(text, fc.constantFrom("{}", '{"a":"{{flow.variables.a}}"}', "[]")),
      }),
      leadsTo("callComplete", "failedToEnqueue", "callFailure"),
    ),
    state(
      "away",
      "add-twiml-redirect",
      fc.record({
        url: fc.oneof(text, fc.constant("https://a.example/")),
        timeout: fc.constantFrom("0", "60", "x"),
      }),
      leadsTo("return", "timeout", "fail"),
    ),
    state(
      "open",
      "start-conversation",
      fc.record({
        conversation_service_sid: text,
        participants: fc.array(fc.record({ type: fc.constant("chat"), identity: text }), { maxLength: 2 }),
        timers: fc.constantFrom({ inactive: "PT1H" }, "odd", null),
      }),
      leadsTo("created", "failed"),
    ),
    state(
      "resume",
      "resume-conversation",
      fc.record({ conversation_service_sid: text, conversation_sid: text }),
      leadsTo("resumed", "failed"),
    ),
    state(
      "sub",
      "run-subflow",
      fc.record({
        flow_sid: fc.constant(`FW${"1".repeat(32)}`),
        flow_revision: fc.constantFrom("LatestPublished", "LatestDraft"),
        parameters: fc.array(
          fc.record({ key: fc.constantFrom("a", "__proto__"), value: text, parse_as_json: fc.boolean() }),
          { maxLength: 2 },
        ),
      }),
      leadsTo("completed", "failed"),
    ),
    state("old", "create-task", fc.record({ anything: text }), leadsTo("created", "failedToCreate")),
  )
  .map((states) => ({ initial_state: "Trigger", states }));

/** The Flow that every Run Subflow runs; null: it is not there. */
const subflow = fc.option(flow, { nil: null });

function optionsFor(definition: FlowDefinition | null): EngineOptions {
  if (definition === null) return { now };
  return { now, subflows: () => ({ definition, revision: 1 }), stepSid: (number) => `FT${number}` };
}

const response: fc.Arbitrary<HttpResult> = fc.option(
  fc.record({
    status: fc.constantFrom(200, 204, 302, 404, 500),
    contentType: fc.constantFrom("application/json", "application/json;charset=utf-8", "text/plain", ""),
    body: fc.oneof(
      fc.json({ maxDepth: 3 }),
      fc.constantFrom("", "{", '{"items":[{"name":"x"}]}', '{"__proto__":{"a":1}}', "[".repeat(30_000)),
    ),
    headers: fc.constant({}),
  }),
  { nil: null },
);

/** What may happen next; `id` is that of the effect that waits, or one that nobody waits for. */
type Happening = (id: string) => EngineEvent;
const happening: fc.Arbitrary<Happening> = fc
  .tuple(
    fc.constantFrom(
      ...["sent", "refused", "answered", "replied", "late", "stopped", "started"],
      ...["handedOver", "returned", "opened", "notOpened", "hungUp"],
    ),
    text,
    response,
    fc.boolean(),
  )
  .map(([what, Body, answer, isStale]) => (waiting) => {
    const id = isStale ? "0" : waiting;
    switch (what) {
      case "sent":
        return { type: "messageSent", id, message: { Sid: "IM1", Body } };
      case "refused":
        return { type: "messageFailed", id, error: { code: 30003, message: "unreachable" } };
      case "answered":
        return { type: "answered", id, response: answer };
      case "replied":
        return { type: "replied", message: { Body }, conversation: { Body } };
      case "handedOver": {
        const outcome = answer === null ? "failedToEnqueue" : "callComplete";
        return { type: "handedOver", id, outcome, variables: { Body } };
      }
      case "returned":
        return { type: "returned", id, parameters: { Body } };
      case "opened":
        return { type: "conversationOpened", id, conversation: { sid: Body }, webhookSid: "WH1" };
      case "notOpened":
        return { type: "conversationFailed", id, error: { code: 50350, message: Body } };
      case "hungUp":
        return { type: "hungUp", call: { CallStatus: "completed" } };
      case "late":
        return { type: "timedOut", id };
      case "stopped":
        return isStale ? { type: "stopped" } : { type: "replied", message: { Body } };
      default:
        return isStale ? started(Body) : { type: "timedOut", id };
    }
  });

function started(Body: string): EngineEvent {
  return {
    type: "started",
    trigger: "incomingRequest",
    start: {
      executionSid: "FN1",
      flowSid: "FW1",
      channelAddress: "CH1",
      contactAddress: "CH1",
      trigger: { conversation: { Body } },
    },
  };
}

function stored(execution: Execution): Execution {
  return JSON.parse(JSON.stringify(execution)) as Execution;
}

describe("any Flow, whatever happens to it", { timeout: 60_000 }, () => {
  test("is valid as made here", () => {
    fc.assert(
      fc.property(flow, (definition) => {
        expect(validate(definition).errors).toEqual([]);
      }),
    );
  });

  test("waits or ends, changes nothing it was given, and replays to the same state from what was stored", () => {
    const script = fc.array(happening, { maxLength: 12 });
    fc.assert(
      fc.property(flow, subflow, text, script, (definition, below, Body, happenings) => {
        const options = optionsFor(below);
        const untouched = JSON.stringify(definition);
        let { execution } = advance(definition, null, started(Body), options);
        let again = stored(execution);
        for (const happens of happenings) {
          const event = happens(execution.waiting?.effect ?? "");
          const before = JSON.stringify(execution);
          const turn = advance(definition, execution, event, options);
          const replay = advance(definition, again, event, options);
          expect(JSON.stringify(execution)).toBe(before);
          expect(stored(turn.execution)).toEqual(stored(replay.execution));
          expect(replay.effects).toEqual(turn.effects);

          const { status, waiting, steps } = turn.execution;
          expect(status === "ended").toBe(waiting === null);
          expect(steps).toBeLessThanOrEqual(1000);
          // Whatever waits was asked for with that id, now or before, and whatever ended said so once.
          const asked = turn.effects.flatMap((effect) => ("id" in effect ? [effect.id] : []));
          if (waiting?.effect !== execution.waiting?.effect && waiting !== null) {
            expect(asked).toEqual([waiting.effect]);
          }
          const ends = turn.effects.filter(({ type }) => type === "ended");
          expect(ends).toHaveLength(status === "ended" && execution.status === "active" ? 1 : 0);
          execution = turn.execution;
          again = stored(replay.execution);
        }
        expect(JSON.stringify(definition)).toBe(untouched);
      }),
      { numRuns: 100 },
    );
  });

  test("tells its steps in order: each begins where the one before it led", () => {
    fc.assert(
      fc.property(
        flow,
        subflow,
        text,
        fc.array(happening, { maxLength: 8 }),
        (definition, below, Body, all) => {
          const options = optionsFor(below);
          let turn = advance(definition, null, started(Body), options);
          const steps = new Map(turn.trace.map((step) => [step.number, step]));
          for (const happens of all) {
            turn = advance(
              definition,
              turn.execution,
              happens(turn.execution.waiting?.effect ?? ""),
              options,
            );
            for (const step of turn.trace) {
              expect(steps.has(step.number)).toBe(step.continued);
              steps.set(step.number, step);
            }
          }
          const lasts = new Map<number | undefined, StepTrace>();
          for (const step of steps.values()) {
            const before = lasts.get(step.parent);
            lasts.set(step.parent, step);
            expect(step.from).toBe(before?.state ?? "");
            if (step.parent !== undefined) expect(steps.get(step.parent)?.type).toBe("run-subflow");
            if (before !== undefined) {
              expect(before.left).toMatchObject({ event: step.event, to: step.state });
              expect(step.before).toEqual(before.after);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
