/** Flows as code, and the ways there and back. */
export { extra, flow, other, unchecked } from "./flow.ts";
export { part, type Part } from "./part.ts";
export { readTypedFlow, toStudioJson } from "./read.ts";
export { toTypeScript, type ToTypeScriptOptions } from "./to-typescript.ts";
export { TypedFlowError, typedFlowErrors, type TypedFlowErrorCode } from "./typed-flow-error.ts";
export type { OtherState, TypedCondition, TypedFlow, TypedState, TypedTransition } from "./shape.ts";
