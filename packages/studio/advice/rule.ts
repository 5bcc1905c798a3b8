/** What a rule of advice is: the file of each rule is one of these, and its line in `rules.ts`. */
import type { FlowGraph } from "./graph.ts";

/** What becomes of a rule's findings; `off`: it is not looked at. */
export type Severity = "off" | "warning" | "error";

/** A rule's finding: where, what, and what to do about it. */
export interface Finding {
  /** Name of the widget. */
  readonly widget: string;
  /** `#/states/3/transitions/1/next`, counted from 0. */
  readonly property_path: string;
  readonly message: string;
  readonly wayOut: string;
}

export interface AdviceInput {
  readonly flow: FlowGraph;
  /** Paths of the Functions that there are, without the first slash; absent when nobody knows. */
  readonly functions?: ReadonlySet<string>;
}

export interface Rule {
  readonly code: string;
  /** What it finds, for the table of codes. */
  readonly finds: string;
  /** Why that is worth a word: what a customer would meet. */
  readonly because: string;
  readonly severity: Severity;
  look(this: void, input: AdviceInput): Iterable<Finding>;
}
