/**
 * Looks for what people, Functions and servers would have to do so that a Flow is walked: a search over the pure engine,
 * breadth first, that keeps what led somewhere new.
 */
import {
  advance,
  readDefinition,
  StudioError,
  type Effect,
  type EngineEvent,
  type Execution,
  type FindSubflow,
  type FlowDefinition,
  type JsonObject,
  type TriggerEvent,
  type Turn,
} from "@support-line/studio";
import { Coverage, type CoverageSummary, type Share } from "../coverage/coverage.ts";
import type { TransitionPlace } from "../coverage/places.ts";
import { movesFor, type Move } from "./moves.ts";
import { variations } from "./objects.ts";
import { placesWithout, unreachableIn } from "./unreachable.ts";
import { everyValue, wantedBelow, wantedIn, type Wanted } from "./wanted.ts";

export interface ExploreOptions {
  /** What the Flow is called in the result. */
  readonly flow?: string;
  /** As many turns of the engine as the search may take. */
  readonly turns?: number;
  /** Finds the Flows that Run Subflow names; without it each is over at once, or missing. */
  readonly subflows?: FindSubflow;
}

/** A way through a Flow, step by step in words. */
export type Way = readonly string[];

/** A way as the engine takes it: its events one after the other, at its time. */
export interface PlayableWay {
  readonly events: readonly EngineEvent[];
  /** Milliseconds since 1970: conditions may look at the time. */
  readonly now: number;
}

export interface Exploration {
  /** Ways that together reach all that was reached, each of them something that the ones before do not. */
  readonly ways: readonly Way[];
  /** The same ways, to be played again. */
  readonly playable: readonly PlayableWay[];
  readonly coverage: Coverage;
  readonly summary: CoverageSummary;
  /** Of the transitions that a message or a call can reach, how many were. */
  readonly reached: Share;
  /** What could be reached for all that is known, and was not. */
  readonly missed: readonly TransitionPlace[];
  /** What a message or a call cannot reach whatever anybody does, each with why. */
  readonly unreachable: readonly TransitionPlace[];
  /** Turns of the engine that it took. */
  readonly turns: number;
}

/** An Execution that waits, and how it came there. */
interface Node {
  readonly execution: Execution;
  readonly effect: Effect;
  readonly sentId: string | null;
  readonly way: Way;
  readonly events: readonly EngineEvent[];
  readonly trigger: TriggerEvent;
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

const usualTurns = 60_000;
/** As many Executions are kept that wait in one widget and know different things. */
const perWidget = 24;
/** Days and nights, weekdays and weekends, for conditions on the time. */
const moments = [
  Date.UTC(2026, 0, 28, 12),
  Date.UTC(2026, 0, 28, 3),
  Date.UTC(2026, 0, 31, 22),
  Date.UTC(2026, 11, 25, 17),
];
const sids = { executionSid: `FN${"0".repeat(32)}`, flowSid: `FW${"0".repeat(32)}` };

/**
 * Explores a Flow. The same Flow gives the same result.
 *
 * @returns what was reached and by which ways, what was not, and what cannot be, with why
 */
export function explore(definition: FlowDefinition, options: ExploreOptions = {}): Exploration {
  const search = new Search(readDefinition(definition), options);
  search.run();
  return search.result();
}

class Search {
  readonly #definition: FlowDefinition;
  readonly #wanted: Wanted;
  readonly #coverage: Coverage;
  readonly #most: number;
  readonly #given: FindSubflow | undefined;
  readonly #kept = new Map<string, Set<string>>();
  readonly #ways: Way[] = [];
  readonly #playable: PlayableWay[] = [];
  /** Transitions that are still looked for. */
  readonly #open: Set<string>;
  #queue: Node[] = [];
  #turns = 0;

  constructor(definition: FlowDefinition, { flow, turns = usualTurns, subflows }: ExploreOptions) {
    this.#definition = definition;
    this.#wanted = wantedIn(definition);
    const places = placesWithout(definition, unreachableIn(definition));
    this.#coverage = new Coverage(flow ?? definition.description ?? "Flow", definition, places);
    this.#most = turns;
    this.#given = subflows;
    this.#open = new Set(
      places.transitions
        .filter(({ reach }) => reach !== "nothing")
        .map(({ widget, transition }) => placeOf(widget, transition)),
    );
  }

  run(): void {
    for (const now of moments) {
      for (const { words, event, trigger } of this.#starts()) {
        this.#step(null, { words, event }, { trigger, way: [], events: [], now });
      }
      for (let node = this.#queue.shift(); node !== undefined; node = this.#queue.shift()) {
        const isConversation = node.trigger === "incomingConversationMessage";
        const { effect, sentId, execution, way, events, trigger } = node;
        for (const move of movesFor(effect, { wanted: this.#wanted, sentId, isConversation })) {
          this.#step(execution, move, { trigger, way, events, now, sentId });
        }
        if (this.#isOver) return;
      }
      // At another time of day the same moves may lead elsewhere.
      this.#kept.clear();
    }
  }

  /** Everything is found, or enough was tried. */
  get #isOver(): boolean {
    return this.#turns >= this.#most || this.#open.size === 0;
  }

  result(): Exploration {
    const summary = this.#coverage.summary();
    return {
      ways: this.#ways,
      playable: this.#playable,
      coverage: this.#coverage,
      summary,
      reached: summary.transitions,
      missed: summary.missed.transitions,
      unreachable: summary.apart.transitions,
      turns: this.#turns,
    };
  }

  #step(
    execution: Execution | null,
    move: Move,
    from: {
      trigger: TriggerEvent;
      way: Way;
      events: readonly EngineEvent[];
      now: number;
      sentId?: string | null;
    },
  ): void {
    if (this.#isOver) return;
    this.#turns += 1;
    const turn = this.#advance(execution, move.event, from.now);
    if (turn === null) return;
    const way = [...from.way, move.words];
    const events = [...from.events, move.event];
    const fresh = this.#coverage.take(turn.trace);
    if (fresh > 0) {
      for (const { state, left, parent } of turn.trace) {
        const taken = parent === undefined ? left?.transition : undefined;
        if (taken !== undefined) this.#open.delete(placeOf(state, taken));
      }
      this.#ways.push(way);
      this.#playable.push({ events, now: from.now });
    }
    const next = turn.execution;
    if (next.status !== "active" || next.waiting === null) return;
    const waitsFor = next.waiting.effect;
    const effect = turn.effects.find((each) => "id" in each && each.id === waitsFor);
    if (effect === undefined) return;
    if (!this.#isWorth(next, fresh)) return;
    const sent = turn.effects.find((each) => each.type === "sendMessage");
    const sentId = sent?.id ?? (move.event.type === "messageSent" ? move.event.id : null);
    this.#queue.push({ execution: next, effect, sentId, way, events, trigger: from.trigger });
  }

  /** Whether to go on from here: it is new, or knows something that others who wait there do not. */
  #isWorth({ state, context, waiting, caller }: Execution, fresh: number): boolean {
    const place = `${caller?.state ?? ""} ${state} ${waiting?.type ?? ""}`;
    const known = this.#kept.get(place) ?? new Set<string>();
    this.#kept.set(place, known);
    const print = this.#printOf(context);
    if (known.has(print)) return false;
    if (fresh === 0 && known.size >= perWidget) return false;
    known.add(print);
    return true;
  }

  /** What conditions can see of a context. */
  #printOf(context: Execution["context"]): string {
    return [...this.#wanted.keys()].map((path) => JSON.stringify(valueAt(context, path)) ?? "").join("\n");
  }

  #advance(execution: Execution | null, event: EngineEvent, now: number): Turn | null {
    try {
      return advance(this.#definition, execution, event, { now, subflows: this.#subflows(now) });
    } catch (error) {
      // A widget that cannot run here ends this way, and no other.
      if (error instanceof StudioError) return null;
      throw error;
    }
  }

  /** The Flows that the Flow runs: those that were given, else one that is over at once, and for a while none. */
  #subflows(now: number): FindSubflow {
    const given = this.#given;
    if (given !== undefined) return given;
    const at = moments.indexOf(now);
    if (at === 1) return () => undefined;
    const variables = new Map<string, string>();
    for (const { name, type } of this.#definition.states) {
      if (type !== "run-subflow") continue;
      for (const [key, values] of wantedBelow(this.#wanted, `widgets.${name}`)) {
        // What holds nothing stands first.
        variables.set(key, values[values.length - 1 - (at % values.length)] ?? "");
      }
    }
    return () => ({ definition: settingAtOnce(variables), revision: 1 });
  }

  #starts(): (Move & { trigger: TriggerEvent })[] {
    const { states, initial_state: initial } = this.#definition;
    const wired = states.find(({ name }) => name === initial)?.transitions ?? [];
    return wired.flatMap(({ event, next }) => (next ? this.#startsBy(event as TriggerEvent) : []));
  }

  #startsBy(trigger: TriggerEvent): (Move & { trigger: TriggerEvent })[] {
    const key = keys[trigger];
    const wanted = wantedBelow(this.#wanted, `trigger.${key}`);
    if (key === "message" || key === "conversation") {
      const bodies = [...new Set(["hello", ...(wanted.get("Body") ?? []), ...everyValue(this.#wanted)])];
      wanted.set("Body", bodies.slice(0, 60));
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
      const said = typeof given["Body"] === "string" ? ` ${JSON.stringify(given["Body"])}` : "";
      return { trigger, words: `${trigger}${said}`, event: { type: "started", trigger, start } };
    });
  }
}

const placeOf = (widget: string, transition: number) => `${transition} ${widget}`;

/** What stands under `trigger` for each way in. */
const keys: Readonly<Record<TriggerEvent, string>> = {
  incomingMessage: "message",
  incomingCall: "call",
  incomingConversationMessage: "conversation",
  incomingRequest: "request",
  incomingParent: "parent",
};

function valueAt(context: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, name) =>
        typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined,
      context,
    );
}
