/** What a Studio Flow is: its words, its widgets, how it runs, what is wrong with it and where it differs. */
export {
  bind,
  defineBindings,
  unbind,
  type Bindings,
  type BoundDefinition,
  type BoundState,
} from "./bindings.ts";
export { describeChanges, diff, type Change } from "./diff.ts";
export { equal } from "./equal.ts";
export { isObject, jsonIn } from "./json.ts";
export { mergeFlows, type Merged, type MergeConflict, type MergeOptions, type Side } from "./merge/index.ts";
export { inOrderOf } from "./merge/in-order.ts";
export { mergeValue, type Merging } from "./merge/values.ts";
export type { CallEffect, CallEvent, Prompt } from "./calls.ts";
export { advance, type EngineOptions } from "./engine.ts";
export type { HandOverEffect, HandOverEvent } from "./hand-overs.ts";
export type { FindSubflow, Subflow, SubflowRevision } from "./subflow.ts";
export { StudioError, studioErrors, type StudioErrorCode } from "./errors.ts";
export { limits } from "./limits.ts";
export { optOutWords } from "./opt-out.ts";
export { placesOf, withPlace, type Path, type Place } from "./places.ts";
export { holds } from "./predicates.ts";
export { readDefinition } from "./read-definition.ts";
export { statesByName, statesToArray, type DefinitionByName, type NamelessState } from "./states.ts";
export { defaultStudioSwitches, studioSwitches, type StudioSwitches } from "./switches.ts";
export { validate, type Problem, type ValidateOptions, type Validation } from "./validate.ts";
export { widgetOfType } from "./widgets/index.ts";
export type * from "./types.ts";
