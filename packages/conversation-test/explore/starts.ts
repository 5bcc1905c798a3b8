/** How an Execution may begin, at which moments, and what subflows there may be that nobody gave. */
import type {
  EngineEvent,
  FindSubflow,
  FlowDefinition,
  JsonObject,
  TriggerEvent,
} from "@support-line/studio";
import type { Move } from "./moves.ts";
import { variations } from "./objects.ts";
import { everyValue, wantedBelow, type Wanted } from "./wanted.ts";

/** Days and nights, weekdays and weekends, for conditions on the time. */
const moments = [
  Date.UTC(2026, 0, 28, 12),
  Date.UTC(2026, 0, 28, 3),
  Date.UTC(2026, 0, 31, 22),
  Date.UTC(2026, 11, 25, 17),
];

/** What is different at another moment: the time, and which subflows there are. */
const isOfMoments = /\bnow\b|\btoday\b|\|\s*date\b|"is_(?:before|after)_|"run-subflow"/;

/** The moments at which a Flow may go other ways; one where it asks for neither time nor subflow. */
export function momentsFor({ states }: FlowDefinition): readonly number[] {
  return isOfMoments.test(JSON.stringify(states)) ? moments : moments.slice(0, 1);
}

const sids = { executionSid: `FN${"0".repeat(32)}`, flowSid: `FW${"0".repeat(32)}` };
/** As many first messages are tried. */
const mostBodies = 20;

/** What stands under `trigger` for each way in. */
const keys: Readonly<Record<TriggerEvent, string>> = {
  incomingMessage: "message",
  incomingCall: "call",
  incomingConversationMessage: "conversation",
  incomingRequest: "request",
  incomingParent: "parent",
};

/** Every way in that is wired, with what the Flow reads of it. */
export function startsOf({ states, initial_state: initial }: FlowDefinition, wanted: Wanted): Move[] {
  const wired = states.find(({ name }) => name === initial)?.transitions ?? [];
  return wired.flatMap(({ event, next }) =>
    next && Object.hasOwn(keys, event) ? startsBy(event as TriggerEvent, wanted) : [],
  );
}

function startsBy(trigger: TriggerEvent, all: Wanted): Move[] {
  const key = keys[trigger];
  const wanted = wantedBelow(all, `trigger.${key}`);
  if (key === "message" || key === "conversation") {
    const bodies = [...new Set(["hello", ...(wanted.get("Body") ?? []), ...everyValue(all)])];
    wanted.set("Body", bodies.slice(0, mostBodies));
  }
  const base: JsonObject = { From: "+15550100201", To: "+15550100001", Author: "+15550100201", Index: "0" };
  return variations(wanted, base).map((given) => {
    const start = {
      ...sids,
      channelAddress: "+15550100001",
      contactAddress: "+15550100201",
      trigger: { [key]: given },
      data: trigger === "incomingRequest" ? ((given["parameters"] as JsonObject | undefined) ?? {}) : {},
    };
    const event: EngineEvent = { type: "started", trigger, start };
    const said = typeof given["Body"] === "string" ? ` ${JSON.stringify(given["Body"])}` : "";
    return { words: `${trigger}${said}`, event };
  });
}

const subflows = new WeakMap<FlowDefinition, Map<number, FindSubflow>>();

/** The Flows that a Flow runs, made up: one that sets what is looked at and is over, and at one of the moments none. */
export function madeUpSubflows(definition: FlowDefinition, wanted: Wanted, now: number): FindSubflow {
  const known = subflows.get(definition) ?? new Map<number, FindSubflow>();
  subflows.set(definition, known);
  const at = Math.max(0, moments.indexOf(now));
  const found = known.get(at) ?? madeUp(definition, wanted, at);
  known.set(at, found);
  return found;
}

function madeUp({ states }: FlowDefinition, wanted: Wanted, at: number): FindSubflow {
  if (at === 1) return () => undefined;
  const variables = new Map<string, string>();
  for (const { name, type } of states) {
    if (type !== "run-subflow") continue;
    for (const [key, values] of wantedBelow(wanted, `widgets.${name}`)) {
      // What holds nothing stands first.
      variables.set(key, values[values.length - 1 - (at % values.length)] ?? "");
    }
  }
  const subflow = { definition: settingAtOnce(variables), revision: 1 };
  return () => subflow;
}

/** A Flow that sets variables and is over. */
function settingAtOnce(variables: ReadonlyMap<string, string>): FlowDefinition {
  const set = [...variables].map(([key, value]) => ({ key, value }));
  return {
    initial_state: "Trigger",
    states: [
      {
        name: "Trigger",
        type: "trigger",
        properties: {},
        transitions: [{ event: "incomingParent", next: "set" }],
      },
      {
        name: "set",
        type: "set-variables",
        properties: { variables: set },
        transitions: [{ event: "next" }],
      },
    ],
  };
}
