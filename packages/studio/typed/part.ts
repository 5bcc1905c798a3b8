/** Parts of Flows: written once, put into Flows under a name, their exits leading wherever the Flow wants. */
import { TypedFlowError } from "./typed-flow-error.ts";
import type { JsonValue } from "../types.ts";
import { isObject } from "../json.ts";
import type { OtherState, TypedStates } from "./shape.ts";

/** A part of a Flow: `initial_state` is where it is entered, `exits` are names that its transitions lead to. */
export interface Part<Name extends string, Entry extends string, Exit extends string> {
  /**
   * The part's widgets for a Flow's `states`, to be spread there. The one it is entered by is called `name`, the others
   * `name-<own name>`, in Liquid too. Places on the canvas are left out: they are the Flow's, or computed.
   *
   * @param exits where each exit leads: a widget of the Flow, or null for the end
   */
  as<const Prefix extends string, const Target extends string = never>(
    name: Prefix,
    exits: { readonly [Each in Exit]: Target | null },
  ): {
    readonly [Each in Name as PlacedName<Prefix, Each, Entry>]: OtherState<
      PlacedName<Prefix, Name, Entry> | Target
    >;
  };
}

type PlacedName<Prefix extends string, Name extends string, Entry extends string> = Name extends Entry
  ? Prefix
  : `${Prefix}-${Name}`;

/** The part as written, with its types put aside. */
interface Written {
  readonly initial_state: string;
  readonly exits: readonly string[];
  readonly states: Readonly<Record<string, WrittenState>>;
}
interface WrittenState {
  readonly properties?: Readonly<Record<string, JsonValue>>;
  readonly transitions: readonly { readonly event: string; readonly next?: string | null }[];
}

/**
 * Writes a part of a Flow down. A function that returns one makes parts that differ:
 * `const confirm = (question: string) => part({ initial_state: "ask", exits: ["yes", "no"], states: { ask: … } })`.
 *
 * @throws TypedFlowError when an exit is called as one of the part's widgets
 */
export function part<
  const Name extends string,
  const Entry extends string,
  const Exit extends string = never,
>(definition: {
  readonly initial_state: Entry & NoInfer<Name>;
  readonly exits: readonly Exit[];
  readonly states: TypedStates<Name, Exit>;
}): Part<Name, Entry, Exit> {
  const written = definition as unknown as Written;
  const clash = written.exits.find((exit) => Object.hasOwn(written.states, exit));
  if (clash !== undefined) throw new TypedFlowError("exit-is-widget", { name: clash });
  return { as: (name, exits) => placed(written, name, exits) as never };
}

function placed(
  { initial_state: entry, states }: Written,
  prefix: string,
  exits: Readonly<Record<string, string | null>>,
): Record<string, unknown> {
  const named = (name: string) => (name === entry ? prefix : `${prefix}-${name}`);
  const led = (next: string) => (Object.hasOwn(states, next) ? named(next) : (exits[next] ?? null));
  const references = (text: string) =>
    text.replace(/\bwidgets(\.|\[\s*["'])([\w-]+)/g, (whole, before: string, name: string) =>
      Object.hasOwn(states, name) ? `widgets${before}${named(name)}` : whole,
    );
  return Object.fromEntries(
    Object.entries(states).map(([name, { properties, transitions, ...state }]) => {
      const kept = Object.fromEntries(Object.entries(properties ?? {}).filter(([key]) => key !== "offset"));
      return [
        named(name),
        {
          ...state,
          transitions: transitions.map((transition) => {
            const texts = withTexts({ ...transition }, references) as typeof transition;
            const { next } = transition;
            return typeof next === "string" && next !== "" ? { ...texts, next: led(next) } : texts;
          }),
          properties: withTexts(kept, references),
        },
      ];
    }),
  );
}

/** A copy in which every text is another. */
function withTexts(value: JsonValue, changed: (text: string) => string): JsonValue {
  if (typeof value === "string") return changed(value);
  if (Array.isArray(value)) return value.map((each: JsonValue) => withTexts(each, changed));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withTexts(each, changed)]));
}
