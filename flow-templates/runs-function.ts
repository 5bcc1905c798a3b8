import type { Bindings } from "@support-line/studio";
import type { LineValues } from "./line-values.ts";

/** Fills a Run Function widget, which calls the Function of its own name. */
export function runsFunction(name: string): Bindings<LineValues> {
  return {
    [`${name}.service_sid`]: ({ functions }) => functions[name]?.serviceSid,
    [`${name}.environment_sid`]: ({ functions }) => functions[name]?.environmentSid,
    [`${name}.function_sid`]: ({ functions }) => functions[name]?.functionSid,
    [`${name}.url`]: ({ functions }) => functions[name]?.url,
  };
}

/** The same, and tells it the line. */
export function runsFunctionOfLine(name: string): Bindings<LineValues> {
  return { ...runsFunction(name), [`${name}.parameters.line`]: ({ line }) => line };
}
