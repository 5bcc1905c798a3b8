import { isObject } from "../../json.ts";
import type { JsonValue } from "../../types.ts";
import { circlesOf } from "../cycles.ts";
import { textsOf, type FlowGraph, type Node, type WayOut } from "../graph.ts";
import { mentionsIn, type Mention } from "../mentions.ts";
import type { Rule } from "../rule.ts";
import { circlesWithoutWait, immediate } from "./loop-without-wait.ts";

const callers = new Set(["run-function", "run-function-v2", "make-http-request"]);
/** Widgets that go on by themselves, whatever becomes of them. */
const goOn = new Set([...immediate, ...callers, "update-sync-object"]);
const senders = new Set(["send-message", "send-and-wait-for-reply"]);

/** By type, the events of widgets that wait by which an Execution goes on though nobody did anything. */
const unanswered: ReadonlyMap<string, readonly string[]> = new Map([
  ["send-and-wait-for-reply", ["timeout", "deliveryFailure"]],
  ["make-outgoing-call-v1", ["busy", "noAnswer", "failed"]],
  ["make-outgoing-call-v2", ["busy", "noAnswer", "failed"]],
  ["send-to-flex", ["failedToEnqueue", "callFailure"]],
  ["run-subflow", ["failed"]],
  ["start-conversation", ["failed"]],
  ["resume-conversation", ["failed"]],
]);
const failures = new Set([...[...unanswered.values()].flat(), "fail"]);

/** A transition that is taken though nobody answers. */
interface Step {
  readonly from: Node;
  readonly way: WayOut;
  readonly to: string;
}

export const loopWithoutAnswer: Rule = {
  code: "loop-without-answer",
  finds: "a message in a loop that only time-outs and failures keep going, and that nothing counts",
  because: "a customer who does not answer or cannot be reached gets the same message again and again",
  severity: "warning",
  *look({ flow }) {
    const known = circlesWithoutWait(flow).map((circle) => new Set(circle.map(({ name }) => name)));
    const found = new Set<string>();
    for (const circle of endlessCircles(stepsOf(flow))) {
      const names = [...new Set(circle.map(({ from }) => from.name))];
      if (known.some((others) => names.every((name) => others.has(name)))) continue;
      if (names.some((name) => found.has(name))) continue;
      const ofSenders = circle.filter(({ from }) => senders.has(from.type));
      const step = ofSenders.find(({ way }) => failures.has(way.event)) ?? ofSenders[0];
      if (step === undefined) continue;
      const { name } = step.from;
      found.add(name);
      const between = widgetsBetween(circle, step.to, name).map((each) => `"${each}"`);
      yield {
        widget: name,
        property_path: `${step.way.path}/next`,
        message: `"${name}" is sent again and again while nobody answers: ${step.way.event} leads back to it${between.length === 0 ? "" : ` by ${between.join(", ")}`}`,
        wayOut:
          "count the rounds in a Set Variables widget, and after a few leave by a split to a last message",
      };
    }
  },
};

function stepsOf(flow: FlowGraph): Step[] {
  return flow.nodes
    .filter(({ name }) => flow.reached.has(name))
    .flatMap((from) =>
      from.ways.flatMap((way) =>
        way.to !== null && (goOn.has(from.type) || unanswered.get(from.type)?.includes(way.event) === true)
          ? [{ from, way, to: way.to }]
          : [],
      ),
    );
}

/**
 * The circles that nothing ends: those without a split that looks at something the circle changes, and those that pass
 * such a split and never change what it looks at (a Function that fails each time answers nothing new).
 */
function endlessCircles(steps: readonly Step[]): Step[][] {
  return circlesIn(steps).flatMap((circle) => {
    const changes = new Changes(circle);
    const nodes = [...new Set(circle.map(({ from }) => from))];
    const deciding = new Set(nodes.filter((node) => changes.decides(node)));
    if (deciding.size === 0) return [circle];
    const withoutSplits = circle.filter(({ from }) => !deciding.has(from));
    const changing = new Set([...deciding].flatMap((node) => changes.readBy(node)));
    // The time of day changes by itself.
    const withoutChanges = circle.filter(
      (step) => !changing.has(step) && !(deciding.has(step.from) && readsTime(step.from)),
    );
    return [...circlesIn(withoutSplits), ...circlesIn(withoutChanges)];
  });
}

/** The widgets on the shortest way from one widget of a circle to another, the first included and the last not. */
function widgetsBetween(circle: readonly Step[], start: string, end: string): string[] {
  const before = new Map<string, string | undefined>([[start, undefined]]);
  for (const name of before.keys()) {
    for (const { from, to } of circle) if (from.name === name && !before.has(to)) before.set(to, name);
  }
  const way: string[] = [];
  for (let at = start === end ? undefined : before.get(end); at !== undefined; at = before.get(at)) {
    way.unshift(at);
  }
  return way;
}

/** The steps of each part of a graph in which one comes back to where one was. */
function circlesIn(steps: readonly Step[]): Step[][] {
  const next = new Map<string, string[]>();
  for (const { from, to } of steps) {
    const list = next.get(from.name);
    if (list === undefined) next.set(from.name, [to]);
    else list.push(to);
  }
  return circlesOf([...next.keys()], (name) => next.get(name) ?? []).map((names) => {
    const inside = new Set(names);
    return steps.filter(({ from, to }) => inside.has(from.name) && inside.has(to));
  });
}

/** What the steps of a circle change though nobody answers, and which splits look at it. */
class Changes {
  readonly #steps: readonly Step[];

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
  }

  /** Whether a widget is a split with a choice, by something that changes; the time of day does by itself. */
  decides(node: Node): boolean {
    if (node.type !== "split-based-on" || new Set(node.ways.map(({ to }) => to)).size < 2) return false;
    return readsTime(node) || this.readBy(node).length > 0;
  }

  /** The steps that change what a widget looks at. */
  readBy(node: Node): Step[] {
    return textsOf(node)
      .flatMap(mentionsIn)
      .flatMap((mention) => this.#changesOf(mention));
  }

  #changesOf({ parts: [root, name = "", variable = ""] }: Mention): Step[] {
    if (root === "widgets") return this.#steps.filter((step) => step.from.name === name && answers(step));
    if (root !== "flow" || name !== "variables") return [];
    const setting = this.#steps.flatMap((step) =>
      valueOf(step.from, variable).map((value) => ({ step, value })),
    );
    // Where something counts, what begins the count again ends nothing.
    const counting = setting.filter(({ value }) => value.includes(`flow.variables.${variable}`));
    return (counting.length > 0 ? counting : setting)
      .filter(({ value }) => this.#isNew(value))
      .map(({ step }) => step);
  }

  /** Whether a value may be another in the next round: not one that repeats what somebody wrote before. */
  #isNew(value: string): boolean {
    const mentions = mentionsIn({ value, path: "", keys: [] });
    return (
      mentions.length === 0 ||
      tellsTime(value) ||
      mentions.some(({ parts: [root, name] }) =>
        root === "flow"
          ? name === "variables"
          : root === "widgets" && this.#steps.some((step) => step.from.name === name && answers(step)),
      )
    );
  }
}

/** Whether a step leaves something new below the name of its widget. */
function answers({ from: { type }, way: { event } }: Step): boolean {
  return type === "set-variables" || (callers.has(type) && event === "success");
}

/** What a Set Variables widget sets a variable to. */
function valueOf({ type, properties: { variables } }: Node, variable: string): string[] {
  if (type !== "set-variables" || !Array.isArray(variables)) return [];
  return (variables as readonly JsonValue[]).flatMap((each) =>
    isObject(each) && each["key"] === variable && typeof each["value"] === "string" ? [each["value"]] : [],
  );
}

const readsTime = (node: Node) => textsOf(node).some(({ value }) => tellsTime(value));
const tellsTime = (text: string) => /\{[{%].*["']now["']/.test(text);
