/** What a Twilio is asked, how two are compared, and what comes of it. */
export { ProofError } from "./errors.ts";
export { compare, type Comparison, type Run } from "./compare.ts";
export { proveCommand, runProve } from "./command.ts";
export { askLocal, openLocal } from "./local.ts";
export { probes } from "./probes/index.ts";
export { parts, type Part, type Probe, type Question } from "./probe.ts";
export { htmlPage } from "./report/html.ts";
export { textPage, type Page } from "./report/text.ts";
