/** Places on the canvas of Studio's editor for widgets that have none. */
import type { FlowDefinition, JsonValue, State } from "../types.ts";
import { readDefinition } from "../read-definition.ts";
import { layout, type Point } from "./layout.ts";

const isWidget = (state: unknown) => typeof state === "object" && state !== null;

/** What a widget takes on the editor's canvas, about. */
const canvas = { width: 320, height: 190 };

/**
 * The definition with an `offset` for every widget. Those that have one keep it; the others stand as a layout of the
 * whole would have them, beside what is already there and on top of nothing.
 */
export function withLayout(given: FlowDefinition): FlowDefinition {
  // What is no widget has no place, and stays for `validate` to name.
  const definition = given.states.every(isWidget) ? given : readDefinition(given);
  if (definition.states.every((state) => offsetOf(state) !== null)) return definition;
  const places = new Map(
    layout(definition, { sizeOf: () => canvas, ends: false, words: false }).nodes.map((node) => [
      node.id,
      node,
    ]),
  );
  const taken = definition.states.flatMap((state) => offsetOf(state) ?? []);
  const shift = shiftBetween(definition.states, places);
  const states = definition.states.map((state) => {
    if (offsetOf(state) !== null) return state;
    const { x = 0, y = 0 } = places.get(state.name) ?? {};
    const offset = free({ x: round(x + shift.x), y: round(y + shift.y) }, taken);
    taken.push(offset);
    return { ...state, properties: { ...state.properties, offset: { ...offset } } };
  });
  return { ...definition, states };
}

const round = (value: number) => Math.round(value / 10) * 10;

function offsetOf({ properties }: State): Point | null {
  const offset: JsonValue | undefined = properties?.offset;
  if (typeof offset !== "object" || offset === null || !("x" in offset) || !("y" in offset)) return null;
  const { x, y } = offset;
  return typeof x === "number" && typeof y === "number" ? { x, y } : null;
}

/** From the layout to the canvas as it is: the middle of what the placed widgets say, or the first widget at 0, 0. */
function shiftBetween(states: readonly State[], places: ReadonlyMap<string, Point>): Point {
  const shifts = states.flatMap((state): Point[] => {
    const [at, to] = [places.get(state.name), offsetOf(state)];
    return at === undefined || to === null ? [] : [{ x: to.x - at.x, y: to.y - at.y }];
  });
  if (shifts.length > 0) return { x: middle(shifts.map(({ x }) => x)), y: middle(shifts.map(({ y }) => y)) };
  const first = places.get(states[0]?.name ?? "") ?? { x: 0, y: 0 };
  return { x: -first.x, y: -first.y };
}

function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

/** The place itself, or the next below it that covers nothing. */
function free(wanted: Point, taken: readonly Point[]): Point {
  let place = wanted;
  const covers = ({ x, y }: Point) =>
    Math.abs(x - place.x) < canvas.width && Math.abs(y - place.y) < canvas.height;
  for (let other = taken.find(covers); other !== undefined; other = taken.find(covers)) {
    place = { x: place.x, y: round(other.y + canvas.height + 10) };
  }
  return place;
}
