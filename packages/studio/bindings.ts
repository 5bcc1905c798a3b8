/**
 * Templates and bindings. A template is Studio JSON as the editor exports it. Beside it a bindings file names places
 * in it and what fills each on a stage. What fills them is the host's: nothing in here looks into it.
 */
import { StudioError } from "./errors.ts";
import { statesByName, type DefinitionByName } from "./states.ts";
import type { Condition, FlowDefinition, State, Transition } from "./types.ts";
import { placesOf, withPlace, type Path, type Place } from "./places.ts";

/** By place, `<widget>.<place>`: what fills it. A filler that gives `undefined` leaves what the template has. */
export type Bindings<Values> = { readonly [place: string]: (values: Values) => unknown };

/** A state in which anything may stand where a state has text. */
export type BoundState = {
  readonly type: string;
  readonly properties: { readonly [property: string]: unknown };
  readonly transitions: readonly (Omit<Transition, "conditions"> & {
    readonly conditions?: readonly { readonly [Key in keyof Condition]: unknown }[];
  })[];
};

/** A bound definition: keyed by widget name, with whatever the host gave in the places it filled. */
export type BoundDefinition = DefinitionByName<BoundState>;

/**
 * Writes bindings down, with the type of the values that they are filled from:
 * `export default defineBindings<Values>()({ "greeting.body": ({ wordings }) => wordings.greeting })`.
 */
export function defineBindings<Values>(): <Places extends Bindings<Values>>(places: Places) => Places {
  return (places) => places;
}

/**
 * Fills the places of a template.
 *
 * @returns the definition keyed by widget name
 * @throws StudioError naming every binding whose place the template does not have, and every placeholder SID (two
 *   letters and 32 zeros) that nothing fills
 */
export function bind<Values>(
  template: FlowDefinition,
  bindings: Bindings<Values>,
  values: Values,
): BoundDefinition {
  const places = placesOfTemplate(template, bindings);
  const filled = new Map<string, { path: Path; value: unknown }[]>();
  for (const [binding, fill] of Object.entries(bindings)) {
    const found = places.get(binding);
    const value = fill(values);
    if (found === undefined || value === undefined) continue;
    filled.set(found.widget, [...(filled.get(found.widget) ?? []), { path: found.place.path, value }]);
  }
  const unfilled = template.states.flatMap((state) => {
    const paths = new Set((filled.get(state.name) ?? []).map(({ path }) => path.join("/")));
    return placeholdersOf(state).filter(({ path }) => !paths.has(path.join("/")));
  });
  if (unfilled.length > 0) throw new StudioError("unfilled-place", { places: unfilled.map(said).join("; ") });

  const { states, ...envelope } = statesByName(template);
  return {
    ...envelope,
    states: Object.fromEntries(
      Object.entries(states).map(([name, state]) => [
        name,
        (filled.get(name) ?? []).reduce<BoundState>(
          (each, { path, value }) => withPlace(each, path, value) as BoundState,
          state,
        ),
      ]),
    ),
  };
}

/**
 * Puts what the template has back at every bound place of a definition, such as one that was edited in Studio's
 * editor: the result is a template again. Places whose widget or property is gone are left alone; `bind` names them.
 *
 * @throws StudioError naming every binding whose place the template does not have
 */
export function unbind(
  definition: FlowDefinition,
  template: FlowDefinition,
  bindings: Bindings<never>,
): FlowDefinition {
  const originals = placesOfTemplate(template, bindings);
  const states = definition.states.map((state) => {
    const own = placesOf(state);
    return [...originals.values()]
      .filter(({ widget }) => widget === state.name)
      .reduce((each, { place: original }) => {
        const [place, ...others] = own.filter(({ name }) => name === original.name);
        if (place === undefined || others.length > 0) return each;
        return withPlace(each, place.path, original.value) as State;
      }, state);
  });
  return { ...definition, states };
}

interface Found {
  readonly widget: string;
  readonly place: Place;
}

/** The place of each binding in the template. */
function placesOfTemplate(template: FlowDefinition, bindings: Bindings<never>): Map<string, Found> {
  const results = Object.keys(bindings).map((binding) => [binding, find(template, binding)] as const);
  const problems = results.flatMap(([binding, found]) =>
    typeof found === "string" ? [`${binding}: ${found}`] : [],
  );
  if (problems.length > 0) throw new StudioError("no-such-place", { problems: problems.join("; ") });
  return new Map(
    results.flatMap(([binding, found]) => (typeof found === "string" ? [] : [[binding, found]])),
  );
}

/** What a binding names, or why it names nothing. */
function find(template: FlowDefinition, binding: string): Found | string {
  // Longest name first: a widget's name may hold a dot.
  const [state] = template.states
    .filter(({ name }) => binding.startsWith(`${name}.`))
    .sort((one, other) => other.name.length - one.name.length);
  if (state === undefined) {
    return `no widget of that name; there are ${template.states.map(({ name }) => name).join(", ")}`;
  }
  const places = placesOf(state);
  const [place, ...others] = places.filter(({ name }) => `${state.name}.${name}` === binding);
  if (place === undefined) return `${state.name} has ${places.map(({ name }) => name).join(", ")}`;
  if (others.length > 0) return `${others.length + 1} places of ${state.name} have that name`;
  return { widget: state.name, place };
}

const placeholder = /\b[A-Z]{2}0{32}\b/;

interface Placeholder {
  readonly place: string;
  readonly path: Path;
  readonly sid: string;
}

const said = ({ place, sid }: Placeholder) => `${place} holds ${sid}`;

/** Every text in a state with a placeholder SID, under the name of its place where it has one. */
function placeholdersOf(state: State): Placeholder[] {
  const names = new Map(placesOf(state).map(({ name, path }) => [path.join("/"), name]));
  const found: Placeholder[] = [];
  const look = (value: unknown, path: Path): void => {
    if (typeof value === "object" && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        look(item, [...path, Array.isArray(value) ? Number(key) : key]);
      }
      return;
    }
    const sid = typeof value === "string" ? placeholder.exec(value)?.[0] : undefined;
    if (sid === undefined) return;
    found.push({ place: `${state.name}.${names.get(path.join("/")) ?? path.join(".")}`, path, sid });
  };
  look(state, []);
  return found;
}
