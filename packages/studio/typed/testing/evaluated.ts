import type { FlowDefinition } from "../../types.ts";
import { extra, flow, other, unchecked } from "../flow.ts";

/** The Flow of a converted source: such a source has no types to strip and imports nothing else. */
export function evaluated(source: string): FlowDefinition {
  const body = source.replace(/^import .*$/m, "").replace("export default", "return");
  const names = { extra, flow, other, unchecked };
  // oxlint-disable-next-line typescript/no-implied-eval
  const make = new Function(...Object.keys(names), body) as (...values: unknown[]) => FlowDefinition;
  return make(...Object.values(names));
}
