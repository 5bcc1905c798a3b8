/** What a Studio Flow is: its words, its widgets, how it runs, what is wrong with it and where it differs. */
export { advance, executionLimits, type EngineOptions } from "./engine.ts";
export { StudioError, studioErrors, type StudioErrorCode } from "./errors.ts";
export { defaultStudioUnknowns, studioUnknowns, type StudioUnknowns } from "./unknowns.ts";
export type * from "./types.ts";
