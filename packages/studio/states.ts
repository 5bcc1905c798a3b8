/**
 * A definition with its states by name. Studio keeps states as a list whose order means nothing to it; by name, two
 * definitions can be compared widget by widget, and a host can leave places in them unknown.
 */
import type { FlowDefinition, State } from "./types.ts";

/** A state without its name: the name is its key. */
export type NamelessState = Omit<State, "name">;

export type DefinitionByName = Omit<FlowDefinition, "states"> & {
  readonly states: Readonly<Record<string, NamelessState>>;
};

/** The definition with its states as a map. Every state has its name, as Studio's editor writes it. */
export function statesByName({ states, ...rest }: FlowDefinition): DefinitionByName {
  return { ...rest, states: Object.fromEntries(states.map(({ name, ...state }) => [name, state])) };
}

/** The definition with its states as a list: the first state first, then by name, so that it is written one way only. */
export function statesToArray({ states, ...rest }: DefinitionByName): FlowDefinition {
  const first = rest.initial_state;
  const names = Object.keys(states).sort((one, other) => {
    if (one === first || other === first) return one === first ? -1 : 1;
    return one < other ? -1 : 1;
  });
  return {
    ...rest,
    states: names.flatMap((name) => (states[name] === undefined ? [] : [{ name, ...states[name] }])),
  };
}
