/** Which parts of a Flow conversations walk. Nothing here needs a test runner. */
export { Coverage, type Counts, type CoverageSummary, type Share } from "./coverage.ts";
export { placesOf, type Places, type Reach, type TransitionPlace, type WidgetPlace } from "./places.ts";
export { merge, reportOf, type FlowCoverage } from "./report.ts";
export { coverageTable } from "./table.ts";
