/** What differs from stage to stage in `support.json`, and what fills it. */
import { defineBindings, type Bindings } from "@support-line/studio";
import type { LineValues } from "./line-values.ts";

/** A Run Function widget calls the Function of its own name. */
function runsFunction(name: string): Bindings<LineValues> {
  return {
    [`${name}.service_sid`]: ({ functions }) => functions[name]?.serviceSid,
    [`${name}.environment_sid`]: ({ functions }) => functions[name]?.environmentSid,
    [`${name}.function_sid`]: ({ functions }) => functions[name]?.functionSid,
    [`${name}.url`]: ({ functions }) => functions[name]?.url,
    [`${name}.parameters.line`]: ({ line }) => line,
  };
}

export default defineBindings<LineValues>()({
  ...runsFunction("add-support-agent"),
  ...runsFunction("remove-support-agent"),
  ...runsFunction("start-conversation"),
  "check-support.conditions.Support.value": ({ keywords }) => keywords.support,
  "check-support.conditions.Done.value": ({ keywords }) => keywords.done,
  "support-confirmation-message.body": ({ wordings }) => wordings.agentAdded,
  "no-agent-message.body": ({ wordings }) => wordings.noAgent,
  "agent-removed-message.body": ({ wordings }) => wordings.agentRemoved,
});
