/**
 * Looks for what people, Functions and servers would have to do so that a Flow is walked: a search over the pure engine,
 * breadth first, that keeps what led somewhere new; then ways are changed so that splits are left by what is missing.
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
  type State,
  type StepTrace,
  type Turn,
} from "@support-line/studio";
import { Coverage, type CoverageSummary, type Share } from "../coverage/coverage.ts";
import type { TransitionPlace } from "../coverage/places.ts";
import { flipsFor, type Flip, type Walk } from "./flips.ts";
import { movesFor, saidOf, type Move } from "./moves.ts";
import type { WalkedStep } from "./sources.ts";
import { madeUpSubflows, momentsFor, startsOf } from "./starts.ts";
import { placesWithout, unreachableIn } from "./unreachable.ts";
import { wantedIn, type Wanted } from "./wanted.ts";

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

/** A way that was walked so far, its words and what the engine said to it. */
interface Walked extends Walk {
  readonly way: Way;
}

/** An Execution that waits, and how it came there. */
interface Node {
  readonly execution: Execution;
  readonly effect: Effect;
  readonly sentId: string | null;
  readonly walked: Walked;
  /** How many parts of the Flow its last event came to first. */
  readonly fresh: number;
}

const usualTurns = 20_000;
/** So many go into the breadth before ways are changed for what is still looked for. */
const breadth = 1_500;
/** A moment at which nothing is found for so many turns is left for the next. */
const patience = 3_000;
/** The share of all turns after which each of the moments is left. */
const shares = [0.6, 0.75, 0.9, 1];
/** As many Executions are kept that wait in one widget and know different things. */
const perWidget = 24;
/** And in each round after the first, of which there are so many. */
const perRound = 4;
const mostRounds = 8;
/** As many ways are kept that come to a split of which something is looked for, first ones and last ones. */
const perSplit = 6;
/** No way is made longer by going round once more. */
const longestWay = 80;

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

/** A way that comes to a split: which of its steps that is. */
interface Arrival {
  readonly walked: Walked;
  readonly at: number;
  /** How often it has passed the split. */
  readonly passes: number;
  readonly tried: Set<number>;
}

class Search {
  readonly #definition: FlowDefinition;
  readonly #states: ReadonlyMap<string, State>;
  readonly #wanted: Wanted;
  readonly #coverage: Coverage;
  readonly #most: number;
  readonly #given: FindSubflow | undefined;
  readonly #kept = new Map<string, Set<string>>();
  readonly #arrivals = new Map<string, Arrival[]>();
  readonly #ways: Way[] = [];
  readonly #playable: PlayableWay[] = [];
  /** Transitions that are still looked for, by their widgets. */
  readonly #open: Map<string, Set<number>>;
  /** Executions that wait somewhere new, and the others. */
  #fresh: Node[] = [];
  #queue: Node[] = [];
  #turns = 0;
  #lastFound = 0;

  constructor(definition: FlowDefinition, { flow, turns = usualTurns, subflows }: ExploreOptions) {
    this.#definition = definition;
    this.#states = new Map(definition.states.map((state) => [state.name, state]));
    this.#wanted = wantedIn(definition);
    const places = placesWithout(definition, unreachableIn(definition));
    this.#coverage = new Coverage(flow ?? definition.description ?? "Flow", definition, places);
    this.#most = turns;
    this.#given = subflows;
    const open = places.transitions.filter(({ reach }) => reach !== "nothing");
    this.#open = new Map(
      [...Map.groupBy(open, ({ widget }) => widget)].map(([widget, all]) => [
        widget,
        new Set(all.map(({ transition }) => transition)),
      ]),
    );
  }

  run(): void {
    for (const [at, now] of momentsFor(this.#definition).entries()) {
      this.#lastFound = this.#turns;
      for (const { words, event } of startsOf(this.#definition, this.#wanted)) {
        this.#keep(this.#step(null, { words, event }, { ...nowhere, now }, undefined));
      }
      const most = this.#most * (shares[at] ?? 1);
      do {
        this.#goOn(breadth);
        this.#change();
        if (this.#turns >= this.#most || this.#open.size === 0) return;
      } while (!this.#isOver && this.#turns < most && this.#fresh.length + this.#queue.length > 0);
      // At another time of day the same moves may lead elsewhere.
      this.#kept.clear();
      this.#fresh = [];
      this.#queue = [];
    }
  }

  #keep(node: Node | null): void {
    if (node === null || !this.#isWorth(node)) return;
    (node.fresh > 0 ? this.#fresh : this.#queue).push(node);
  }

  /** Everything is found, or enough was tried at this moment. */
  get #isOver(): boolean {
    const isTired = this.#turns - this.#lastFound > patience;
    return this.#turns >= this.#most || this.#open.size === 0 || isTired;
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

  /** Tries every move of those who wait, for so many turns. */
  #goOn(turns: number): void {
    const most = this.#turns + turns;
    const next = () => this.#fresh.shift() ?? this.#queue.shift();
    for (let node = next(); node !== undefined; node = next()) {
      const { effect, sentId, execution, walked } = node;
      const isConversation = execution.trigger === "incomingConversationMessage";
      for (const move of movesFor(effect, { wanted: this.#wanted, sentId, isConversation })) {
        const stepped = this.#step(execution, move, walked, effect);
        // That a message was sent is nothing new by itself: who waits after it came as far as who sent it.
        const isOnTheWay = move.event.type === "messageSent" && stepped?.fresh === 0;
        const led = isOnTheWay ? { ...stepped, fresh: node.fresh } : stepped;
        this.#keep(led);
        if (this.#isOver) return;
      }
      if (this.#turns >= most) return;
    }
  }

  /** Changes ways that come to a split so that they leave it by what is still looked for, as long as that finds anything. */
  #change(): void {
    for (let isProgress = true; isProgress && !this.#isOver;) {
      isProgress = false;
      for (const [widget, transitions] of this.#open) {
        for (const transition of transitions) {
          for (const arrival of this.#arrivals.get(widget) ?? []) {
            if (this.#isOver) return;
            if (arrival.tried.has(transition)) continue;
            arrival.tried.add(transition);
            isProgress = true;
            for (const flip of flipsFor(arrival.walked, arrival.at, transition, this.#states)) {
              this.#play(flip, arrival.walked);
              if (!transitions.has(transition)) break;
            }
            if (!transitions.has(transition)) break;
          }
        }
      }
    }
  }

  /** Plays a way that was changed, as far as what waits takes its events, and goes on from there. */
  #play({ now, events, awaited }: Flip, old: Walked): void {
    if (events.length > longestWay) return;
    let node: Node | null = null;
    for (const [at, event] of events.entries()) {
      if (this.#isOver) return;
      if (at > 0 && (node === null || node.effect.type !== awaited[at]?.type)) break;
      const given = node === null ? event : addressed(event, node);
      const known = old.events[at] === event ? old.way[at] : undefined;
      const words = known ?? saidOf(event);
      const walked: Walked = node?.walked ?? { ...nowhere, now };
      node = this.#step(node?.execution ?? null, { words, event: given }, walked, node?.effect);
    }
    this.#keep(node === null ? null : { ...node, fresh: 1 });
  }

  /** One event; null when the Execution is over then. */
  #step(execution: Execution | null, move: Move, from: Walked, waited: Effect | undefined): Node | null {
    this.#turns += 1;
    const turn = this.#advance(execution, move.event, from.now);
    if (turn === null) return null;
    const event = from.events.length;
    const walked: Walked = {
      now: from.now,
      way: [...from.way, move.words],
      events: [...from.events, move.event],
      awaited: [...from.awaited, waited],
      steps: [...from.steps, ...turn.trace.flatMap((step) => walkedStep(step, event))],
    };
    const fresh = this.#coverage.take(turn.trace);
    if (fresh > 0) this.#found(walked, from.steps.length);
    this.#arrive(walked, from.steps.length);
    const next = turn.execution;
    const waitsFor = next.waiting?.effect;
    const effect = turn.effects.find((each) => "id" in each && each.id === waitsFor);
    if (next.status !== "active" || effect === undefined) return null;
    const sent = turn.effects.find((each) => each.type === "sendMessage");
    const sentId = sent?.id ?? (move.event.type === "messageSent" ? move.event.id : null);
    return { execution: next, effect, sentId, walked, fresh };
  }

  #found({ way, events, steps, now }: Walked, since: number): void {
    for (const { state, transition } of steps.slice(since)) {
      const open = this.#open.get(state);
      if (transition === undefined || open === undefined) continue;
      open.delete(transition);
      if (open.size === 0) this.#open.delete(state);
    }
    this.#lastFound = this.#turns;
    this.#ways.push(way);
    this.#playable.push({ events, now });
  }

  /** Keeps ways to splits of which something is still looked for. */
  #arrive(walked: Walked, since: number): void {
    for (let at = since; at < walked.steps.length; at += 1) {
      const state = walked.steps[at]?.state ?? "";
      if (walked.steps[at]?.type !== "split-based-on" || !this.#open.has(state)) continue;
      const known = this.#arrivals.get(state) ?? [];
      this.#arrivals.set(state, known);
      const passes = walked.steps.filter((step, index) => index <= at && step.state === state).length;
      // Of the later ones those stay that passed it most often: what counts rounds is highest there.
      const least = known.slice(perSplit).reduce((low, each) => Math.min(low, each.passes), Infinity);
      if (known.length >= 2 * perSplit) {
        if (passes < least) continue;
        known.splice(
          known.findIndex((each, index) => index >= perSplit && each.passes === least),
          1,
        );
      }
      known.push({ walked, at, passes, tried: new Set() });
    }
  }

  /** Whether to go on from here: it is new, or knows something that others who wait there do not. */
  #isWorth({ execution, walked, fresh }: Node): boolean {
    const { state, context, waiting, caller } = execution;
    // Whoever comes round again is counted apart: the first round alone would fill the room there is.
    const rounds = walked.steps.filter((step) => step.state === state).length;
    if (rounds > mostRounds) return false;
    const most = rounds === 0 ? perWidget : perRound;
    const place = `${rounds} ${caller?.state ?? ""} ${state} ${waiting?.type ?? ""}`;
    const known = this.#kept.get(place) ?? new Set<string>();
    this.#kept.set(place, known);
    if (fresh === 0 && known.size >= most) return false;
    const print = this.#printOf(context);
    if (known.has(print)) return false;
    known.add(print);
    return true;
  }

  /** What conditions can see of a context. */
  #printOf(context: Execution["context"]): string {
    return [...this.#wanted.keys()].map((path) => JSON.stringify(valueAt(context, path)) ?? "").join("\n");
  }

  #advance(execution: Execution | null, event: EngineEvent, now: number): Turn | null {
    try {
      const subflows = this.#given ?? madeUpSubflows(this.#definition, this.#wanted, now);
      return advance(this.#definition, execution, event, { now, subflows });
    } catch (error) {
      // A widget that cannot run here ends this way, and no other.
      if (error instanceof StudioError) return null;
      throw error;
    }
  }
}

const nowhere: Walked = { now: 0, way: [], events: [], awaited: [], steps: [] };

/** A step as flips look at it; those of subflows are widgets of another Flow. */
function walkedStep({ state, type, left, parent, templates }: StepTrace, event: number): WalkedStep[] {
  if (parent !== undefined || left === undefined) return [];
  const rendered = new Map(
    type === "split-based-on"
      ? templates.map(({ property, result }) => [valueName.exec(property)?.[1] ?? "", result])
      : [],
  );
  return [{ state, type, event, transition: left.transition, rendered }];
}

const valueName = /^conditions\.(.*)\.value$/;

/** An event for what waits now, whose number may be another in a way that was changed. */
function addressed(event: EngineEvent, { effect, execution, sentId }: Node): EngineEvent {
  if (!("id" in event) || !("id" in effect)) return event;
  const isLate = event.type === "messageFailed" && effect.type === "waitForReply";
  return { ...event, id: isLate ? (sentId ?? String(execution.steps)) : effect.id };
}

function valueAt(context: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, name) =>
        typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined,
      context,
    );
}
