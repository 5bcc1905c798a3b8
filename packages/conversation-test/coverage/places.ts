/** The parts of a Flow that can be walked, and what could lead there: a message or a call, or something else. */
import {
  holds,
  readDefinition,
  widgetOfType,
  type FlowDefinition,
  type State,
  type Transition,
} from "@support-line/studio";

/** What leads to a part of a Flow; `nothing` does when no Execution can ever take it, and `why` says so. */
export type Reach = "conversation" | "request" | "parent" | "nothing";

export interface WidgetPlace {
  readonly widget: string;
  readonly type: string;
  readonly reach: Reach;
}

export interface TransitionPlace {
  readonly widget: string;
  /** Which of the widget's transitions, from 0. */
  readonly transition: number;
  readonly event: string;
  /** The event, and for a match its conditions. */
  readonly words: string;
  readonly to: string | null;
  readonly reach: Reach;
  /** Why nothing can take it. */
  readonly why?: string;
}

export interface Places {
  readonly widgets: readonly WidgetPlace[];
  readonly transitions: readonly TransitionPlace[];
}

/** The Trigger's events, by who causes them. */
const starts: readonly (readonly [Reach, ReadonlySet<string>])[] = [
  ["conversation", new Set(["incomingMessage", "incomingConversationMessage", "incomingCall"])],
  ["request", new Set(["incomingRequest"])],
  ["parent", new Set(["incomingParent"])],
];

/** Every widget and transition of a Flow. */
export function placesOf(given: FlowDefinition): Places {
  const definition = readDefinition(given);
  const { states } = definition;
  const reached = reachOf(definition);
  const names = namesIn(definition);
  return {
    widgets: states.map(({ name, type }) => ({ widget: name, type, reach: reached.get(name) ?? "nothing" })),
    transitions: states.flatMap((state) =>
      state.transitions.map((transition, at): TransitionPlace => {
        const { event } = transition;
        const why =
          obstacle(state, at, names) ?? (reached.has(state.name) ? undefined : "nothing leads to its widget");
        const reach = isTrigger(state) ? startOf(event) : reached.get(state.name);
        return {
          widget: state.name,
          transition: at,
          event,
          words: wordsOf(transition),
          to: transition.next || null,
          reach: why === undefined ? (reach ?? "nothing") : "nothing",
          ...(why === undefined ? {} : { why }),
        };
      }),
    ),
  };
}

/** The widgets that something leads to: what messages and calls reach counts first. */
function reachOf({ states, initial_state }: FlowDefinition): ReadonlyMap<string, Reach> {
  const byName = new Map(states.map((state) => [state.name, state]));
  const names = new Set(byName.keys());
  const reached = new Map<string, Reach>();
  const first = byName.get(initial_state);
  for (const [reach, events] of starts) {
    const next: string[] = [];
    for (const [at, { event, next: to }] of (first?.transitions ?? []).entries()) {
      if (first === undefined || !events.has(event) || obstacle(first, at, names) !== undefined) continue;
      if (!reached.has(first.name)) reached.set(first.name, reach);
      if (to) next.push(to);
    }
    for (let name = next.pop(); name !== undefined; name = next.pop()) {
      const state = byName.get(name);
      if (state === undefined || reached.has(name)) continue;
      reached.set(name, reach);
      for (const [at, { next: to }] of state.transitions.entries()) {
        if (to && obstacle(state, at, names) === undefined) next.push(to);
      }
    }
  }
  return reached;
}

const isTrigger = ({ type }: State) => type === "trigger";
const startOf = (event: string) => starts.find(([, events]) => events.has(event))?.[0];

/** Why an Execution that is in a widget can never leave by one of its transitions; undefined when it can. */
function obstacle(state: State, at: number, names: ReadonlySet<string>): string | undefined {
  const transition = state.transitions[at];
  const widget = widgetOfType(state.type);
  if (transition === undefined || widget === undefined) return `no widget of type ${state.type} can be run`;
  const { event, next, conditions = [] } = transition;
  if (isTrigger(state) && !next) return "the Trigger's event is not wired";
  const events = widget.leavesBy?.(state) ?? widget.events;
  if (!events.includes(event)) return `${state.name} never leaves by ${event}`;
  if (event === "match") {
    return conditions.length === 0 ? "it has no condition" : neverHolds(state, conditions, names);
  }
  const earlier = state.transitions.findIndex((each) => each.event === event);
  return earlier === at ? undefined : `an earlier transition has the event ${event}`;
}

/** What a widget leaves, and nothing else of Liquid. */
const left = /^\{\{\s*widgets\.([\w-]+)(?:\.[\w-]+)+\s*\}\}$/;

/** A condition on what a widget leaves that the Flow does not have: it is empty. */
function neverHolds(
  { properties: { input } }: State,
  conditions: NonNullable<Transition["conditions"]>,
  names: ReadonlySet<string>,
): string | undefined {
  for (const { type, value, arguments: given } of conditions) {
    const looked = given.length > 0 ? given : [typeof input === "string" ? input : ""];
    const owners = looked.map((argument) => left.exec(argument.trim())?.[1]);
    const isNowhere = owners.every((owner) => owner !== undefined && !names.has(owner));
    if (isNowhere && !/\{[{%]/.test(value) && !holds(type, "", value)) {
      return `it looks at the widget ${owners[0] ?? ""}, which is not there`;
    }
  }
  return undefined;
}

const namesIn = ({ states }: FlowDefinition) => new Set(states.map(({ name }) => name));

function wordsOf({ event, conditions = [] }: Transition): string {
  const said = conditions.map(({ friendly_name: name, type, value }) =>
    [name && `"${name}"`, type, value.trim()].filter(Boolean).join(" "),
  );
  return said.length === 0 ? event : `${event} ${said.join(" and ")}`;
}
