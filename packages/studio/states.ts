/**
 * A definition with its states by name. Studio keeps states as a list whose order means nothing to it; by name, two
 * definitions can be compared widget by widget, and a host can leave places in them unknown. The name is the key and
 * stands nowhere else.
 */
import { StudioError } from "./errors.ts";
import type { FlowDefinition, State } from "./types.ts";

/** A state without its name: the name is its key. */
export type NamelessState = Omit<State, "name">;

/** A type and no interface, so that it passes as a plain record. */
export type DefinitionByName<Nameless = NamelessState> = Omit<FlowDefinition, "states"> & {
  readonly states: { readonly [name: string]: Nameless };
};

/**
 * The definition with its states as a map. What it does not know of, in the envelope or in a state, stays as it is.
 *
 * @throws StudioError when two widgets have one name
 */
export function statesByName({ states, ...rest }: FlowDefinition): DefinitionByName {
  const byName = new Map<string, NamelessState>();
  for (const { name, ...state } of states) {
    if (byName.has(name)) throw new StudioError("duplicate-widget", { widget: name });
    byName.set(name, state);
  }
  return { ...rest, states: Object.fromEntries(byName) };
}

/**
 * The definition with its states as a list: the first state first, then by name. The order depends on nothing but the
 * names, so that a map that lost its order on the way gives the same list, and a new transition moves nobody.
 *
 * @param definition whose states may hold anything, such as values that are not known yet
 */
export function statesToArray<Nameless extends object>({
  states,
  ...rest
}: DefinitionByName<Nameless>): Omit<FlowDefinition, "states"> & { states: ({ name: string } & Nameless)[] } {
  const rank = (name: string) => (name === rest.initial_state ? 0 : 1);
  const sorted = Object.entries(states).sort(
    ([one], [other]) => rank(one) - rank(other) || (one < other ? -1 : 1),
  );
  return { ...rest, states: sorted.map(([name, state]) => ({ name, ...state })) };
}
