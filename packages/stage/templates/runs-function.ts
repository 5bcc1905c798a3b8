import type { Bindings } from "@support-line/studio";
import type { LineValues } from "./line-values.ts";

/** Fills a Run Function widget, which calls the Function of its own name unless another is given. */
export function runsFunction(widget: string, name = widget): Bindings<LineValues> {
  return {
    [`${widget}.service_sid`]: ({ functions }) => functions[name]?.serviceSid,
    [`${widget}.environment_sid`]: ({ functions }) => functions[name]?.environmentSid,
    [`${widget}.function_sid`]: ({ functions }) => functions[name]?.functionSid,
    [`${widget}.url`]: ({ functions }) => functions[name]?.url,
  };
}

/** The same, and tells it the line. */
export function runsFunctionOfLine(widget: string, name = widget): Bindings<LineValues> {
  return { ...runsFunction(widget, name), [`${widget}.parameters.line`]: ({ line }) => line };
}
