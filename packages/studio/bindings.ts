/**
 * Binding: the places of a template that differ from stage to stage, and what fills them. A template is Studio JSON as
 * the editor exports it, untouched; its bindings stand beside it in TypeScript.
 */
import { StudioError } from "./errors.ts";
import { findPlace, textsOf, valueAt, withValueAt } from "./places.ts";
import { statesByName, type DefinitionByName } from "./states.ts";
import type { FlowDefinition } from "./types.ts";

/**
 * By place (see `places.ts`), what fills it on a stage. `undefined` leaves what the template says, so that a stage
 * names only what it has otherwise.
 *
 * @typeParam Values what the host supplies; whatever it fills in (a Pulumi Output, say) is passed through as it is
 */
export type Bindings<Values> = Readonly<Record<string, (values: Values) => unknown>>;

/** A bindings file's default export; the type of `Values` is what a stack must supply. */
export function defineBindings<Values>(bindings: Bindings<Values>): Bindings<Values> {
  return bindings;
}

/** A SID that stands for one that only a stage knows: two letters and 32 zeros. */
const placeholder = /^[A-Z]{2}0{32}$/;

/**
 * A template with its places filled, states keyed by name. Only filled places hold what the host gave, so that on
 * Pulumi only those are unknown in a first preview.
 *
 * @throws StudioError when a binding names a place that the template does not have, or when a placeholder SID is left
 */
export function bind<Values>(
  template: FlowDefinition,
  bindings: Bindings<Values>,
  values: Values,
): DefinitionByName {
  const filled = Object.entries(bindings).reduce((definition, [place, filler]) => {
    const found = placeOf(definition, place);
    const value = filler(values);
    return value === undefined ? definition : fill(definition, found, value);
  }, template);
  // A host's values are opaque: only text that is the template's own can be a placeholder.
  const left = textsOf(filled).find(({ text }) => placeholder.test(text));
  if (left !== undefined) throw new StudioError("unfilled-place", { place: left.place, value: left.text });
  return statesByName(filled);
}

/**
 * The way back: a definition that was edited elsewhere, with the template's own values at the bound places again.
 * A place that the edited definition no longer has is left out.
 */
export function unbind<Values>(
  definition: FlowDefinition,
  template: FlowDefinition,
  bindings: Bindings<Values>,
): FlowDefinition {
  return Object.keys(bindings).reduce((edited, place) => {
    const found = findPlace(edited, place);
    const original = placeOf(template, place);
    return "problem" in found ? edited : fill(edited, found, valueAt(original.state, original.path));
  }, definition);
}

type Place = Exclude<ReturnType<typeof findPlace>, { problem: string }>;

function placeOf(definition: FlowDefinition, place: string): Place {
  const found = findPlace(definition, place);
  if ("problem" in found) throw new StudioError("no-such-place", { place, problem: found.problem });
  return found;
}

function fill(definition: FlowDefinition, { state, path }: Place, value: unknown): FlowDefinition {
  const states = definition.states.map((each) =>
    each.name === state.name ? (withValueAt(each, path, value) as typeof each) : each,
  );
  return { ...definition, states };
}
