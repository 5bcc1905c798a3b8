/** Which parts of a Flow were walked, and how often. */
import { readDefinition, type FlowDefinition, type StepTrace } from "@support-line/studio";
import { placesOf, type Places, type TransitionPlace, type WidgetPlace } from "./places.ts";

/** How often each part was walked, by its name: what test files hand over to be added up. */
export interface Counts {
  readonly widgets: Readonly<Record<string, number>>;
  /** By widget, then by which transition it is, from 0. */
  readonly transitions: Readonly<Record<string, Readonly<Record<number, number>>>>;
}

/** How much of what could be walked was. */
export interface Share {
  readonly reached: number;
  readonly of: number;
}

/** What is told of a Flow's coverage, as data. */
export interface CoverageSummary {
  readonly flow: string;
  readonly widgets: Share;
  readonly transitions: Share;
  /** What a message or a call could reach, and did not. */
  readonly missed: {
    readonly widgets: readonly WidgetPlace[];
    readonly transitions: readonly TransitionPlace[];
  };
  /** What no message or call can reach, with who can. */
  readonly apart: {
    readonly widgets: readonly WidgetPlace[];
    readonly transitions: readonly TransitionPlace[];
  };
  readonly counts: Counts;
}

type Walked = Pick<StepTrace, "state" | "left" | "parent"> & { readonly continued?: boolean };

export class Coverage {
  readonly flow: string;
  readonly definition: FlowDefinition;
  readonly #widgets = new Map<string, number>();
  readonly #transitions = new Map<string, Map<number, number>>();
  #places: Places | undefined;

  /**
   * @param flow what the Flow is called in reports
   * @param places its parts, for whoever knows more of what can be reached than `placesOf` does
   */
  constructor(flow: string, definition: FlowDefinition, places?: Places) {
    this.flow = flow;
    this.definition = readDefinition(definition);
    this.#places = places;
  }

  /** Counts the steps of a turn; answers how many parts were new. */
  take(trace: readonly Walked[]): number {
    let fresh = 0;
    for (const { state, left, parent, continued = false } of trace) {
      // Steps of a subflow are widgets of another Flow.
      if (parent !== undefined) continue;
      if (!continued) fresh += add(this.#widgets, state, 1);
      if (left?.transition === undefined) continue;
      fresh += add(this.#takenFrom(state), left.transition, 1);
    }
    return fresh;
  }

  /** Adds what was counted elsewhere. */
  add({ widgets, transitions }: Counts): this {
    for (const [name, count] of Object.entries(widgets)) add(this.#widgets, name, count);
    for (const [name, taken] of Object.entries(transitions)) {
      const own = this.#takenFrom(name);
      for (const [at, count] of Object.entries(taken)) add(own, Number(at), count);
    }
    return this;
  }

  #takenFrom(widget: string): Map<number, number> {
    const known = this.#transitions.get(widget);
    if (known !== undefined) return known;
    const made = new Map<number, number>();
    this.#transitions.set(widget, made);
    return made;
  }

  counts(): Counts {
    return {
      widgets: Object.fromEntries(this.#widgets),
      transitions: Object.fromEntries(
        [...this.#transitions].map(([name, taken]) => [name, Object.fromEntries(taken)]),
      ),
    };
  }

  get places(): Places {
    return (this.#places ??= placesOf(this.definition));
  }

  /** Whether everything that a message or a call can reach was reached. */
  get isComplete(): boolean {
    const { widgets, transitions } = this.summary().missed;
    return widgets.length + transitions.length === 0;
  }

  summary(): CoverageSummary {
    const { widgets, transitions } = this.places;
    const isReached = ({ widget, transition }: TransitionPlace) =>
      this.#transitions.get(widget)?.has(transition) ?? false;
    const possibleWidgets = widgets.filter(({ reach }) => reach === "conversation");
    const possible = transitions.filter(({ reach }) => reach === "conversation");
    const missed = {
      widgets: possibleWidgets.filter(({ widget }) => !this.#widgets.has(widget)),
      transitions: possible.filter((each) => !isReached(each)),
    };
    return {
      flow: this.flow,
      widgets: { reached: possibleWidgets.length - missed.widgets.length, of: possibleWidgets.length },
      transitions: { reached: possible.length - missed.transitions.length, of: possible.length },
      missed,
      apart: {
        widgets: widgets.filter(({ reach }) => reach !== "conversation"),
        transitions: transitions.filter(({ reach }) => reach !== "conversation"),
      },
      counts: this.counts(),
    };
  }

  /** What was walked, as a drawing brings it out. */
  highlight(): {
    readonly kind: "coverage";
    readonly widgets: readonly string[];
    readonly transitions: readonly { readonly widget: string; readonly transition: number }[];
  } {
    return {
      kind: "coverage",
      widgets: [...this.#widgets.keys()],
      transitions: [...this.#transitions].flatMap(([widget, taken]) =>
        [...taken.keys()].map((transition) => ({ widget, transition })),
      ),
    };
  }
}

/** Adds to a count; 1 when it is the first. */
function add<Key>(counts: Map<Key, number>, key: Key, count: number): number {
  const before = counts.get(key);
  counts.set(key, (before ?? 0) + count);
  return before === undefined ? 1 : 0;
}
